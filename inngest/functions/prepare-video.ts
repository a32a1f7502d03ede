import {
  failPreparation,
  inspectVideo,
  preparePeaks,
  preparePreview,
  prepareShotChanges,
  prepareThumbnail,
} from "@/lib/videos/preparation";
import { inngest } from "../client";
import { videoUploaded } from "../events";
import { stepWork } from "../step-errors";

/** A video that is being deleted needs nothing any more; one whose files are neither. */
const deleted = ["video/delete.requested", "video/media-delete.requested"].map((event) => ({
  event,
  if: "async.data.videoId == event.data.videoId",
}));

/** What a new video needs for the list. */
export const prepareVideo = inngest.createFunction(
  {
    id: "prepare-video",
    name: "Prepare a video",
    triggers: [videoUploaded],
    retries: 3,
    concurrency: [{ limit: 2 }],
    cancelOn: deleted,
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
      "peaks",
      stepWork((signal) => preparePeaks({ videoId, signal })),
    );
  },
);

/**
 * What the player needs where browsers can't play the original. Apart from the rest, because it
 * may take as long as the video: nobody's list should wait for it.
 */
export const previewVideo = inngest.createFunction(
  {
    id: "preview-video",
    name: "Make a playable preview",
    triggers: [videoUploaded],
    retries: 3,
    concurrency: [{ limit: 1 }],
    cancelOn: deleted,
    onFailure: ({ event }) => failPreparation(event.data.event.data.videoId),
  },
  async ({ event, step }) => {
    const { videoId } = event.data;
    await step.run(
      "preview",
      stepWork((signal) => preparePreview({ videoId, signal })),
    );
  },
);

/**
 * Where the picture cuts, for the ends of cues. Apart from the rest and one at a time, because it
 * decodes all pictures; captions that are made before are made without, so it may simply fail.
 */
export const shotsOfVideo = inngest.createFunction(
  {
    id: "find-shots",
    name: "Find shot changes",
    triggers: [videoUploaded],
    retries: 1,
    concurrency: [{ limit: 1 }],
    cancelOn: deleted,
  },
  async ({ event, step }) => {
    const { videoId } = event.data;
    await step.run(
      "shots",
      stepWork((signal) => prepareShotChanges({ videoId, signal })),
    );
  },
);
