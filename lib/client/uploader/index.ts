export { browserUploader, filesFromDrop } from "./browser";
export type {
  AddOptions,
  PickedFile,
  Uploader,
  UploadItem,
  UploadPhase,
  UploadProgress,
} from "./types";
