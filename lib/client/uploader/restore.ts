import type { UploadView } from "@/lib/videos/schema";
import { asFailure } from "./failure";
import { keptFile } from "./kept-file";
import type { UploadRecord } from "./ports";
import { type Entry, isForgotten, type State, shownOf, start } from "./run-entry";
import { bytesOf } from "./send-parts";
import { createSpeedMeter } from "./speed";

/** Brings the records of an earlier page back as items, and goes on with those it can. */
export async function restore(state: State): Promise<void> {
  const records = await state.ports.records.all();
  await Promise.all(records.map((record) => restoreOne(state, record)));
}

async function restoreOne(state: State, record: UploadRecord): Promise<void> {
  const { ports, entries, list } = state;
  const [file, view] = await Promise.all([keptFile(record), askServer(state, record)]);
  if (view === "over") return ports.records.remove(record.id);
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
  const { language } = record.options;
  const phase = !file ? "needs_file" : record.paused ? "paused" : "queued";
  list.add(record.id, { fileName, sizeBytes, phase, language });
  const sentBytes = view ? bytesOf(view, view.parts) : 0;
  const progress = { sentBytes, totalBytes: sizeBytes, bytesPerSecond: null, msLeft: null };
  list.patch(record.id, { uploadId, videoId, ...(view && shownOf(view)), progress });
  if (phase === "queued") start(state, entry);
}

/** `over` when there is nothing left to go on with; null while the server can't be asked. */
async function askServer(state: State, record: UploadRecord): Promise<UploadView | "over" | null> {
  const { signal } = new AbortController();
  try {
    const view = await state.ports.api.get(record.uploadId, signal);
    return view.state === "active" ? view : "over";
  } catch (error) {
    return isForgotten(asFailure(error)) ? "over" : null;
  }
}
