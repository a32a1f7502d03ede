import type { UploadView } from "@/lib/videos/schema";
import { asFailure, TransferFailure } from "./failure";
import { type InspectedFile, inspectFile } from "./inspect";
import { type KeepTryingOptions, keepTrying } from "./keep-trying";
import type { OpenUpload, UploaderPorts } from "./ports";
import { bytesOf, createTokenSession, sendParts } from "./send-parts";
import type { AddOptions } from "./types";

export interface UploadRun {
  ports: UploaderPorts;
  file: File;
  options: AddOptions;
  signal: AbortSignal;
  onPhase(phase: "uploading" | "offline" | "finishing"): void;
  /** Bytes of finished parts; `started` is true before the first one of this run. */
  onProgress(sentBytes: number, started: boolean): void;
}

export interface UploadResult {
  videoId: string;
  jobId: string | null;
}

const retries = (run: UploadRun, back: "uploading" | "finishing"): KeepTryingOptions => ({
  ports: run.ports,
  signal: run.signal,
  onOffline: (offline) => run.onPhase(offline ? "offline" : back),
});

/** Looks at the file, then asks the server; the answer may be an upload begun earlier. */
export async function announceFile(
  run: UploadRun,
): Promise<{ view: UploadView; inspected: InspectedFile }> {
  const inspected = await inspectFile(run.file, run.options);
  const { meta, sample } = inspected;
  const view = await keepTrying({ ...retries(run, "uploading"), onOffline: () => {} }, () =>
    run.ports.api.create(meta, sample, run.signal),
  );
  return { view, inspected };
}

/**
 * Brings an announced upload to its end, from wherever it stands. One tab at a time does so; a
 * tab that had to wait looks first at what the other one did.
 */
export function finishUpload(run: UploadRun, announced: UploadView): Promise<UploadResult> {
  const { ports, signal } = run;
  return ports.exclusively(announced.id, signal, async (waited) => {
    const fresh = () => ports.api.get(announced.id, signal);
    const view = waited ? await keepTrying(retries(run, "uploading"), fresh) : announced;
    if (view.state === "completed") return complete(run, view);
    if (view.state !== "active") throw new TransferFailure("lost", "upload_expired");
    run.onPhase("uploading");
    run.onProgress(bytesOf(view, view.parts), true);
    const open = await openInStorage(run, view);
    const contentType = storageContentType(open.pathname, run.file.type);
    const parts = await sendParts({
      ports,
      file: run.file,
      view: open,
      contentType,
      signal,
      onOffline: retries(run, "uploading").onOffline,
      onProgress: (sentBytes) => run.onProgress(sentBytes, false),
    });
    run.onPhase("finishing");
    return join(run, open, contentType, parts);
  });
}

async function openInStorage(run: UploadRun, view: UploadView): Promise<UploadView & OpenUpload> {
  const { ports, signal } = run;
  const named = withNames(view);
  if (named) return named;
  const tries = retries(run, "uploading");
  const contentType = storageContentType(view.pathname, run.file.type);
  const { pathname, token, blobApiUrl } = view;
  const names = await keepTrying(tries, () =>
    ports.transport.open({ pathname, token, blobApiUrl, contentType }, signal),
  );
  const attached = await keepTrying(tries, () => ports.api.attach(view.id, names, signal));
  return withNames(attached) ?? { ...attached, ...names };
}

function withNames(view: UploadView): (UploadView & OpenUpload) | undefined {
  const { storageUploadId, storageKey } = view;
  if (storageUploadId === null || storageKey === null) return undefined;
  return { ...view, storageUploadId, storageKey };
}

async function join(
  run: UploadRun,
  view: UploadView & OpenUpload,
  contentType: string,
  parts: { partNumber: number; etag: string }[],
): Promise<UploadResult> {
  const { ports, signal } = run;
  const session = createTokenSession({ ports, view, contentType, signal });
  try {
    await keepTrying(retries(run, "finishing"), () =>
      session((target) => ports.transport.join(target, parts, signal)),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (asFailure(error).kind === "network" || asFailure(error).kind === "busy") throw error;
    // The answer to an earlier try may have been lost: the server can see whether the file is there.
    return complete(run, view).catch(() => {
      signal.throwIfAborted();
      throw new TransferFailure("lost", "upload_expired", { cause: error });
    });
  }
  return complete(run, view);
}

function complete(run: UploadRun, view: UploadView): Promise<UploadResult> {
  run.onPhase("finishing");
  return keepTrying(retries(run, "finishing"), () => run.ports.api.complete(view.id, run.signal));
}

const typeOfExtension: Record<string, string> = {
  mp4: "video/mp4",
  m4v: "video/mp4",
  mov: "video/quicktime",
  avi: "video/x-msvideo",
  webm: "video/webm",
};

/** What the server named the object decides; browsers differ on AVI and say nothing on others. */
export function storageContentType(pathname: string, fileType: string): string {
  const extension = pathname.split(".").at(-1)?.toLowerCase() ?? "";
  return typeOfExtension[extension] ?? (fileType || "application/octet-stream");
}
