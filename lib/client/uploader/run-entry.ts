import type { UploadView } from "@/lib/videos/schema";
import { asFailure, canRetry, TransferFailure } from "./failure";
import { fingerprintOf } from "./inspect";
import type { ItemList } from "./item-list";
import { keepTrying } from "./keep-trying";
import type { createLane } from "./lane";
import type { UploaderPorts, UploadRecord } from "./ports";
import { announceFile, finishUpload, type UploadRun } from "./run-upload";
import type { SpeedMeter } from "./speed";
import type { AddOptions, PickedFile, UploadItem } from "./types";

export interface Entry {
  id: string;
  options: AddOptions;
  meter: SpeedMeter;
  picked: PickedFile | undefined;
  record: UploadRecord | undefined;
  /** Ends what is running for this entry. */
  controller: AbortController | undefined;
}

export interface State {
  ports: UploaderPorts;
  list: ItemList;
  entries: Map<string, Entry>;
  checkLane: ReturnType<typeof createLane>;
  sendLane: ReturnType<typeof createLane>;
}

/** Runs an entry from wherever it stands, until it is over or stopped. */
export function start(state: State, entry: Entry): void {
  const { picked } = entry;
  if (!picked || entry.controller) return;
  const controller = new AbortController();
  entry.controller = controller;
  const { signal } = controller;
  const run = createRun(state, entry, picked, signal);
  void drive(state, entry, picked, run, controller);
}

async function drive(
  state: State,
  entry: Entry,
  picked: PickedFile,
  run: EntryRun,
  controller: AbortController,
): Promise<void> {
  // Free again before anybody hears of the end, so that whoever does may start anew.
  const release = () => {
    if (entry.controller === controller) entry.controller = undefined;
  };
  try {
    await runEntry(state, entry, picked, run);
    release();
  } catch (error) {
    release();
    if (!run.signal.aborted) fail(state, entry, asFailure(error));
  }
}

export function stop(entry: Entry): void {
  entry.controller?.abort(new DOMException("The upload was stopped", "AbortError"));
  entry.controller = undefined;
}

export function forget(state: State, id: string): void {
  state.entries.delete(id);
  state.list.remove(id);
  void state.ports.records.remove(id);
}

export async function keep(state: State, entry: Entry, record: UploadRecord): Promise<void> {
  entry.record = record;
  await state.ports.records.put(record);
}

interface EntryRun extends UploadRun {
  patch(change: Partial<UploadItem>): void;
}

function createRun(
  state: State,
  entry: Entry,
  { file }: PickedFile,
  signal: AbortSignal,
): EntryRun {
  const { ports, list } = state;
  // A stopped run may still be winding down while the next one is on its way.
  const patch = (change: Partial<UploadItem>) => {
    if (!signal.aborted) list.patch(entry.id, change);
  };
  return {
    ports,
    file,
    options: entry.options,
    signal,
    patch,
    onPhase: (phase) => patch({ phase }),
    onProgress(sentBytes, started) {
      if (signal.aborted) return;
      if (started) entry.meter.start(sentBytes, ports.now());
      else entry.meter.add(sentBytes, ports.now());
      patch({ progress: entry.meter.progress(sentBytes, file.size, ports.now()) });
    },
  };
}

async function runEntry(
  state: State,
  entry: Entry,
  picked: PickedFile,
  run: EntryRun,
): Promise<void> {
  const { signal, patch } = run;
  patch({ phase: entry.record ? "queued" : "checking", errorCode: null, canRetry: false });
  const view = await state.checkLane(signal, () => findUpload(state, entry, picked, run));
  if (!view) return;
  patch({ phase: "queued", ...shownOf(view) });
  const result = await state.sendLane(signal, () => finishUpload(run, view));
  signal.throwIfAborted();
  entry.record = undefined;
  void state.ports.records.remove(entry.id);
  const totalBytes = picked.file.size;
  const progress = { sentBytes: totalBytes, totalBytes, bytesPerSecond: null, msLeft: 0 };
  patch({ phase: "done", videoId: result.videoId, jobId: result.jobId, progress });
}

/** What an item shows of its upload. */
export function shownOf(view: UploadView): Partial<UploadItem> {
  const { id: uploadId, videoId, durationMs, caption } = view;
  return { uploadId, videoId, durationMs, caption };
}

/** The server's side of an entry; undefined when the same file is on the list already. */
async function findUpload(
  state: State,
  entry: Entry,
  picked: PickedFile,
  run: EntryRun,
): Promise<UploadView | undefined> {
  const { record } = entry;
  if (record) return reload(run, record.uploadId);
  const { view, inspected } = await announceFile(run);
  run.signal.throwIfAborted();
  const twin = state.list.getSnapshot().find((item) => item.uploadId === view.id);
  if (twin && twin.id !== entry.id) {
    const other = state.entries.get(twin.id);
    forget(state, entry.id);
    if (other) await attachFile(state, other, picked);
    return undefined;
  }
  // Before the first wait, so that a second file alike finds this one.
  run.patch(shownOf(view));
  await keep(state, entry, {
    id: entry.id,
    uploadId: view.id,
    videoId: view.videoId,
    fileName: picked.file.name,
    sizeBytes: picked.file.size,
    fingerprint: inspected.meta.fingerprint,
    options: entry.options,
    paused: false,
    addedAtMs: state.ports.now(),
    ...picked,
  });
  return view;
}

async function reload(run: EntryRun, uploadId: string): Promise<UploadView> {
  const { ports, signal } = run;
  try {
    return await keepTrying({ ports, signal, onOffline: () => {} }, () =>
      ports.api.get(uploadId, signal),
    );
  } catch (error) {
    signal.throwIfAborted();
    const failure = asFailure(error);
    throw isForgotten(failure) ? new TransferFailure("lost", "upload_expired") : failure;
  }
}

/** The server knows nothing of it, or no longer. */
export function isForgotten({ code }: TransferFailure): boolean {
  return code === "not_found" || code === "gone" || code === "upload_expired";
}

function fail(state: State, entry: Entry, failure: TransferFailure): void {
  const { kind, code } = failure;
  if (kind === "file" && entry.record) {
    entry.picked = undefined;
    state.list.patch(entry.id, { phase: "needs_file", errorCode: code, canRetry: true });
    return;
  }
  const { record } = entry;
  if (record && (kind === "lost" || isForgotten(failure))) {
    // The next try must not find these remains again.
    entry.record = undefined;
    state.list.patch(entry.id, { uploadId: null, videoId: null });
    void state.ports.api.cancel(record.uploadId).catch(() => {});
    void state.ports.records.remove(entry.id);
  }
  state.list.patch(entry.id, { phase: "failed", errorCode: code, canRetry: canRetry(failure) });
}

/** @returns false when the entry isn't waiting for a file or this is another file. */
export async function attachFile(state: State, entry: Entry, picked: PickedFile): Promise<boolean> {
  const { record } = entry;
  if (!record || state.list.get(entry.id)?.phase !== "needs_file") return false;
  if (picked.file.size !== record.sizeBytes) return false;
  const fingerprint = await fingerprintOf(picked.file).catch(() => undefined);
  if (fingerprint !== record.fingerprint) return false;
  await keep(state, entry, { ...record, ...picked, paused: false });
  entry.picked = picked;
  start(state, entry);
  return true;
}
