import { captionVideo } from "./caption-video";
import { deleteVideo } from "./delete-video";
import { reconcile, sweep } from "./housekeeping";
import { prepareVideo } from "./prepare-video";
import { settleCancelled } from "./settle-cancelled";

/** Every function there is, for whichever engine runs them. */
export const functions = [
  captionVideo,
  deleteVideo,
  prepareVideo,
  reconcile,
  settleCancelled,
  sweep,
];
