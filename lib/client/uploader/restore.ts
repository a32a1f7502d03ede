import { asFailure } from "./failure";
import { keptFile } from "./kept-file";
import type { UploadRecord } from "./ports";
import { type Entry, isForgotten, type State, start } from "./run-entry";
import { bytesOf } from "./send-parts";
import { createSpeedMeter } from "./speed";

/** Brings the records of an earlier page back as items, and goes on with those it can. */
export async function restore(state: State): Promise<void> {
  const records = await state.ports.records.all();
  await Promise.all(records.map((record) => restoreOne(state, record)));
}

async function restoreOne(state: State, record: UploadRecord): Promise<void> {
  const { ports, entries, list } = state;
  const [file, sentBytes] = await Promise.all([keptFile(record), sentSoFar(state, record)]);
  if (sentBytes === "over") return ports.records.remove(record.id);
  if (entries.has(record.id)) return;
  const entry: Entry = {
    id: record.id,
    options: record.options,
    meter: createSpeedMeter(),
    picked: file && { file, ...(record.handle && { handle: record.handle }) },
    record,
    controller: undefined,
  };
  entries.set(record.id, entry);
  const { fileName, sizeBytes, uploadId, videoId } = record;
  const phase = !file ? "needs_file" : record.paused ? "paused" : "queued";
  list.add(record.id, { fileName, sizeBytes, phase });
  const progress = { sentBytes, totalBytes: sizeBytes, bytesPerSecond: null, msLeft: null };
  list.patch(record.id, { uploadId, videoId, progress });
  if (phase === "queued") start(state, entry);
}

/** `over` when there is nothing left to go on with; 0 while the server can't be asked. */
async function sentSoFar(state: State, record: UploadRecord): Promise<number | "over"> {
  const { signal } = new AbortController();
  try {
    const view = await state.ports.api.get(record.uploadId, signal);
    return view.state === "active" ? bytesOf(view, view.parts) : "over";
  } catch (error) {
    return isForgotten(asFailure(error)) ? "over" : 0;
  }
}
