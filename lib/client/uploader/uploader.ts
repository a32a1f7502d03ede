import { newId } from "@/lib/ids";
import { plainOptions } from "@/lib/jobs/plain-options";
import { createItemList } from "./item-list";
import { openHandle } from "./kept-file";
import { createLane } from "./lane";
import type { UploaderPorts } from "./ports";
import { restore } from "./restore";
import { attachFile, type Entry, forget, keep, type State, start, stop } from "./run-entry";
import { createSpeedMeter } from "./speed";
import type { AddOptions, CaptionOrder, PickedFile, Uploader } from "./types";

/** Files sent, and files looked at, at once. */
const PARALLEL_FILES = 2;

/** A list of uploads over the given ports; `browserUploader` has those of a browser. */
export function createUploader(ports: UploaderPorts): Uploader {
  const state: State = {
    ports,
    list: createItemList(),
    entries: new Map(),
    checkLane: createLane(PARALLEL_FILES),
    sendLane: createLane(PARALLEL_FILES),
  };
  const { entries, list } = state;
  return {
    subscribe: list.subscribe,
    getSnapshot: list.getSnapshot,
    add: (files, options) => files.map((picked) => addFile(state, picked, options)),
    restore: () => restore(state),
    pause(id) {
      const entry = entries.get(id);
      if (entry) pause(state, entry);
    },
    resume(id) {
      const entry = entries.get(id);
      if (entry) resume(state, entry);
    },
    async attachFile(id, picked) {
      const entry = entries.get(id);
      return entry ? attachFile(state, entry, picked) : false;
    },
    async cancel(id) {
      const entry = entries.get(id);
      if (entry) await cancel(state, entry);
    },
    order: (id, order) => orderCaption(state, id, order),
    withdraw: (id) => withdrawCaption(state, id),
    dismiss(id) {
      const phase = list.get(id)?.phase;
      if (phase === "done" || phase === "failed") forget(state, id);
    },
  };
}

function addFile(state: State, picked: PickedFile, options: AddOptions): string {
  const id = newId(state.ports.now());
  const entry: Entry = {
    id,
    options,
    picked,
    meter: createSpeedMeter(),
    record: undefined,
    controller: undefined,
  };
  const { name, size } = picked.file;
  state.entries.set(id, entry);
  const { language } = options;
  const fileName = name.normalize("NFC");
  state.list.add(id, { fileName, sizeBytes: size, phase: "checking", language });
  start(state, entry);
  return id;
}

function pause(state: State, entry: Entry): void {
  const item = state.list.get(entry.id);
  if (item?.phase !== "uploading" && item?.phase !== "offline" && item?.phase !== "queued") return;
  stop(entry);
  const progress = { ...item.progress, bytesPerSecond: null, msLeft: null };
  state.list.patch(entry.id, { phase: "paused", progress });
  if (entry.record) void keep(state, entry, { ...entry.record, paused: true });
}

function resume(state: State, entry: Entry): void {
  const item = state.list.get(entry.id);
  if (item?.phase === "needs_file") {
    void reopen(state, entry);
  } else if (item?.phase === "paused" || (item?.phase === "failed" && item.canRetry)) {
    if (entry.record) void keep(state, entry, { ...entry.record, paused: false });
    start(state, entry);
  }
}

/** With a kept handle the browser only asks whether the page may read the file again. */
async function reopen(state: State, entry: Entry): Promise<void> {
  const handle = entry.record?.handle;
  const file = handle && (await openHandle(handle, true));
  if (file) await attachFile(state, entry, { file, handle });
}

async function orderCaption(state: State, id: string, order: CaptionOrder): Promise<void> {
  const uploadId = state.list.get(id)?.uploadId;
  if (!uploadId) return;
  const { jobId } = await state.ports.api.order(uploadId, order);
  const caption = { ...order, options: order.options ?? plainOptions };
  state.list.patch(id, { caption, ...(jobId && { jobId }) });
  remember(state, id, { caption: true, ...order });
}

async function withdrawCaption(state: State, id: string): Promise<void> {
  const uploadId = state.list.get(id)?.uploadId;
  if (!uploadId) return;
  await state.ports.api.withdraw(uploadId);
  state.list.patch(id, { caption: null });
  remember(state, id, { caption: false });
}

/** Should the server lose the upload, its successor gets the same order. */
function remember(state: State, id: string, change: Partial<AddOptions>): void {
  const entry = state.entries.get(id);
  if (!entry) return;
  entry.options = { ...entry.options, ...change };
  if (entry.record) void keep(state, entry, { ...entry.record, options: entry.options });
}

async function cancel(state: State, entry: Entry): Promise<void> {
  const uploadId = entry.record?.uploadId;
  stop(entry);
  forget(state, entry.id);
  // What can't be told to the server now, it forgets by itself after a week.
  if (uploadId) await state.ports.api.cancel(uploadId).catch(() => {});
}
