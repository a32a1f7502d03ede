import { endRendersOf } from "@/lib/renders/service";
import { uploadTokenMs } from "@/lib/videos/limits";
import { eraseVideo, removeMedia } from "@/lib/videos/removal";
import { inngest } from "../client";
import { videoDeleteRequested, videoMediaDeleteRequested } from "../events";
import { stepWork } from "../step-errors";

/** Until no browser can send anything any more; what one still did would stay for ever. */
const untilTokensRunOut = uploadTokenMs + 60_000;

/** Removes every object of a deleted video, however often storage has to be asked. */
export const deleteVideo = inngest.createFunction(
  { id: "delete-video", name: "Delete a video", triggers: [videoDeleteRequested], retries: 10 },
  async ({ event, step }) => {
    const erase = stepWork(() => eraseVideo(event.data.videoId));
    await step.run("erase", erase);
    await step.sleep("until upload tokens run out", untilTokensRunOut);
    await step.run("erase what came late", erase);
  },
);

/** Removes every object of a video whose subtitles stay. */
export const deleteMedia = inngest.createFunction(
  {
    id: "delete-media",
    name: "Delete a video's files",
    triggers: [videoMediaDeleteRequested],
    retries: 10,
    concurrency: [{ limit: 4 }],
  },
  async ({ event, step }) => {
    const remove = stepWork(() => removeMedia(event.data.videoId, event.data.renders));
    // Their runs have ended by the same event, which tells nobody.
    await step.run(
      "end renders",
      stepWork(() => endRendersOf(event.data.videoId)),
    );
    await step.run("remove", remove);
    await step.sleep("until upload tokens run out", untilTokensRunOut);
    await step.run("remove what came late", remove);
  },
);
