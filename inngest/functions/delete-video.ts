import { eraseVideo } from "@/lib/videos/preparation";
import { inngest } from "../client";
import { videoDeleteRequested } from "../events";
import { stepWork } from "../step-errors";

/** Removes every object of a deleted video, however often storage has to be asked. */
export const deleteVideo = inngest.createFunction(
  { id: "delete-video", name: "Delete a video", triggers: [videoDeleteRequested], retries: 10 },
  async ({ event, step }) => {
    await step.run(
      "erase",
      stepWork(() => eraseVideo(event.data.videoId)),
    );
  },
);
