export { browserUploader, filesFromDrop } from "./browser";
export type {
  AddOptions,
  CaptionOrder,
  PickedFile,
  Uploader,
  UploadItem,
  UploadPhase,
  UploadProgress,
} from "./types";
