import { isReadable } from "./inspect";
import type { UploadRecord } from "./ports";

/** Part of the File System Access API that TypeScript's DOM library leaves out. */
type PermittedHandle = FileSystemFileHandle & {
  queryPermission?(options: { mode: "read" }): Promise<PermissionState>;
  requestPermission?(options: { mode: "read" }): Promise<PermissionState>;
};

/** The file of a record, if the browser still has it unchanged and lets us read it unasked. */
export async function keptFile(record: UploadRecord): Promise<File | undefined> {
  const kept = record.file ?? (record.handle && (await openHandle(record.handle, false)));
  return kept && (await isSameFile(kept, record)) ? kept : undefined;
}

async function isSameFile(file: File, record: UploadRecord): Promise<boolean> {
  return file.size === record.sizeBytes && (await isReadable(file));
}

/** With `ask` (only in a click) the browser may show its question. */
export async function openHandle(
  handle: FileSystemFileHandle,
  ask: boolean,
): Promise<File | undefined> {
  const permitted: PermittedHandle = handle;
  try {
    let permission = await permitted.queryPermission?.({ mode: "read" });
    if (permission === "prompt" && ask) {
      permission = await permitted.requestPermission?.({ mode: "read" });
    }
    return permission === "granted" ? await handle.getFile() : undefined;
  } catch {
    return undefined;
  }
}
