import { captionVideo } from "./caption-video";
import { deleteVideo } from "./delete-video";
import { auditCheckpoint, reconcile, sweep } from "./housekeeping";
import { prepareVideo, previewVideo } from "./prepare-video";
import { settleCancelled } from "./settle-cancelled";

/** Every function there is, for whichever engine runs them. */
export const functions = [
  auditCheckpoint,
  captionVideo,
  deleteVideo,
  prepareVideo,
  previewVideo,
  reconcile,
  settleCancelled,
  sweep,
];
