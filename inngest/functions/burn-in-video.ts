import { burnRender } from "@/lib/renders/burning";
import { endRender } from "@/lib/renders/settle";
import { inngest } from "../client";
import { renderRequested } from "../events";
import { failureCode, stepWork } from "../step-errors";

/** A video with its subtitles in the picture. One at a time, as it takes all of the machine. */
export const burnInVideo = inngest.createFunction(
  {
    id: "burn-in-video",
    name: "Burn subtitles into a video",
    triggers: [renderRequested],
    retries: 2,
    concurrency: [{ limit: 1, key: "event.data.ownerId" }, { limit: 1 }],
    cancelOn: [
      {
        event: "render/cancel.requested",
        if: "async.data.renderId == event.data.renderId",
      },
      ...["video/delete.requested", "video/media-delete.requested"].map((event) => ({
        event,
        if: "async.data.videoId == event.data.videoId",
      })),
    ],
    onFailure: async ({ event, error }) => {
      const { renderId } = event.data.event.data;
      await endRender({ renderId, errorCode: failureCode(error) });
    },
  },
  async ({ event, step }) => {
    const { renderId } = event.data;
    await step.run(
      "burn",
      stepWork((signal) => burnRender({ renderId, signal })),
    );
  },
);
