import { createBlobTransport } from "./blob-transport";
import { createHttpUploadApi } from "./http-api";
import type { Network, UploaderPorts } from "./ports";
import { createRecordStore } from "./record-store";
import type { PickedFile, Uploader } from "./types";
import { createUploader } from "./uploader";

let shared: Uploader | undefined;

/** This tab's uploads; they go on while the person looks at other pages. Browser only. */
export function browserUploader(): Uploader {
  shared ??= createUploader(browserPorts());
  return shared;
}

function browserPorts(): UploaderPorts {
  return {
    api: createHttpUploadApi((input, init) => fetch(input, init)),
    transport: createBlobTransport(),
    records: createRecordStore(),
    network: browserNetwork,
    now: () => Date.now(),
    wait,
    random: () => Math.random(),
    exclusively,
  };
}

const browserNetwork: Network = {
  isOnline: () => navigator.onLine,
  whenOnline: (signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (navigator.onLine) return resolve();
      const done = () => {
        window.removeEventListener("online", done);
        signal.removeEventListener("abort", done);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      window.addEventListener("online", done);
      signal.addEventListener("abort", done);
    }),
};

/** Ends early when the network comes back: what failed for lack of it can go on at once. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}

/** Web Locks exist in secure contexts; without them two tabs may send the same part twice. */
async function exclusively<T>(
  name: string,
  signal: AbortSignal,
  work: (waited: boolean) => Promise<T>,
): Promise<T> {
  if (!("locks" in navigator)) return work(true);
  const key = `upload:${name}`;
  const first = await navigator.locks.request(key, { ifAvailable: true }, async (lock) =>
    lock ? { value: await work(false) } : undefined,
  );
  if (first) return first.value;
  return navigator.locks.request(key, { signal }, () => work(true)) as Promise<T>;
}

/**
 * The files of a drop, with their handles where the browser gives them (Chromium). Call it within
 * the event: afterwards the list is empty.
 */
export async function filesFromDrop(data: DataTransfer): Promise<PickedFile[]> {
  const items = Array.from(data.items).filter(({ kind }) => kind === "file");
  const picked = items.map(async (item): Promise<PickedFile | undefined> => {
    const file = item.getAsFile();
    const handle = await handleOf(item);
    return file ? { file, ...(handle && { handle }) } : undefined;
  });
  return (await Promise.all(picked)).filter((one) => one !== undefined);
}

async function handleOf(
  item: DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> },
): Promise<FileSystemFileHandle | undefined> {
  try {
    const handle = await item.getAsFileSystemHandle?.();
    return handle instanceof FileSystemFileHandle ? handle : undefined;
  } catch {
    return undefined;
  }
}
