import type { UploadItem } from "./types";

type NewItem = Pick<UploadItem, "fileName" | "sizeBytes" | "phase" | "language">;

/** The items as immutable snapshots for `useSyncExternalStore`. */
export interface ItemList {
  subscribe(listener: () => void): () => void;
  getSnapshot(): readonly UploadItem[];
  get(id: string): UploadItem | undefined;
  add(id: string, item: NewItem): void;
  /** Nothing happens for an item that is gone. */
  patch(id: string, change: Partial<UploadItem>): void;
  remove(id: string): void;
}

export function createItemList(): ItemList {
  const listeners = new Set<() => void>();
  let items: readonly UploadItem[] = [];
  const publish = (next: readonly UploadItem[]) => {
    items = next;
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => items,
    get: (id) => items.find((item) => item.id === id),
    add: (id, item) => publish([...items, { ...emptyItem(id, item.sizeBytes), ...item }]),
    patch(id, change) {
      if (!items.some((item) => item.id === id)) return;
      publish(items.map((item) => (item.id === id ? { ...item, ...change } : item)));
    },
    remove(id) {
      if (items.some((item) => item.id === id)) publish(items.filter((item) => item.id !== id));
    },
  };
}

function emptyItem(id: string, sizeBytes: number): Omit<UploadItem, keyof NewItem> {
  return {
    id,
    progress: { sentBytes: 0, totalBytes: sizeBytes, bytesPerSecond: null, msLeft: null },
    uploadId: null,
    videoId: null,
    jobId: null,
    durationMs: null,
    caption: null,
    errorCode: null,
    canRetry: false,
  };
}
