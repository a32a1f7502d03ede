"use client";

import { useEffect, useSyncExternalStore } from "react";
import {
  browserUploader,
  type CaptionOrder,
  type PickedFile,
  type Uploader,
  type UploadItem,
} from "@/lib/client/uploader";

const none: readonly UploadItem[] = [];
const subscribe = (listener: () => void) => browserUploader().subscribe(listener);
const getSnapshot = () => browserUploader().getSnapshot();
const getServerSnapshot = () => none;

let started = false;

/** Parts are on their way right now: closing the tab would interrupt them. */
const isSending = ({ phase }: UploadItem) => phase === "uploading" || phase === "finishing";

/** Once per tab: what was unfinished comes back, and a closing tab asks while parts are sent. */
function start(uploader: Uploader): void {
  if (started) return;
  started = true;
  void uploader.restore();
  window.addEventListener("beforeunload", (event) => {
    if (uploader.getSnapshot().some(isSending)) event.preventDefault();
  });
}

/** This tab's uploads, in the order they were added. */
export function useUploads() {
  const uploads = useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot);
  useEffect(() => start(browserUploader()), []);
  return {
    uploads,
    /** Sends the files; subtitles are ordered once their price has been seen. */
    add: (files: PickedFile[]) =>
      browserUploader().add(files, { language: "auto", caption: false }),
    pause: (id: string) => browserUploader().pause(id),
    resume: (id: string) => browserUploader().resume(id),
    order: (id: string, order: CaptionOrder) => browserUploader().order(id, order),
    withdraw: (id: string) => browserUploader().withdraw(id),
    cancel: (id: string) => browserUploader().cancel(id),
    dismiss: (id: string) => browserUploader().dismiss(id),
    attachFile: (id: string, picked: PickedFile) => browserUploader().attachFile(id, picked),
  };
}
