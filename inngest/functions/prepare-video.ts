import {
  failPreparation,
  inspectVideo,
  preparePeaks,
  preparePreview,
  prepareThumbnail,
} from "@/lib/videos/preparation";
import { inngest } from "../client";
import { videoUploaded } from "../events";
import { stepWork } from "../step-errors";

/** What a new video needs for the list and the player. */
export const prepareVideo = inngest.createFunction(
  {
    id: "prepare-video",
    name: "Prepare a video",
    triggers: [videoUploaded],
    retries: 3,
    concurrency: [{ limit: 2 }],
    onFailure: ({ event }) => failPreparation(event.data.event.data.videoId),
  },
  async ({ event, step }) => {
    const { videoId } = event.data;
    const inspect = stepWork((signal) => inspectVideo({ videoId, signal }));
    await step.run("inspect", async () => {
      await inspect();
    });
    await step.run(
      "thumbnail",
      stepWork((signal) => prepareThumbnail({ videoId, signal })),
    );
    await step.run(
      "preview",
      stepWork((signal) => preparePreview({ videoId, signal })),
    );
    await step.run(
      "peaks",
      stepWork((signal) => preparePeaks({ videoId, signal })),
    );
  },
);
