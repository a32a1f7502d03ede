import { openAsBlob } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createBlobTransport } from "@/lib/client/uploader/blob-transport";
import { createHttpUploadApi } from "@/lib/client/uploader/http-api";
import type { UploaderPorts } from "@/lib/client/uploader/ports";
import {
  announceFile,
  finishUpload,
  type UploadResult,
  type UploadRun,
} from "@/lib/client/uploader/run-upload";
import type { AddOptions } from "@/lib/client/uploader/types";
import type { QuoteView } from "@/lib/credits/schema";
import { AppError } from "@/lib/errors";
import type { JobView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import type { SubtitleFormat } from "@/lib/subtitles/formats";
import type { UploadView } from "@/lib/videos/schema";
import type { Reporter } from "./reporter";
import type { Session } from "./session";

/** How often a job's state is asked for, in ms. */
const askEveryMs = 1_000;

/**
 * One video through the whole product: upload (going on where an earlier run stopped), job,
 * subtitle files. Says what it costs before it is sent and what was charged in the end. Answers the
 * files' paths, and whether every language is among them.
 * @throws {AppError} with the reason, also for a job that fails
 */
export async function captionFile(options: {
  session: Session;
  video: string;
  language: string;
  targets: string[];
  formats: SubtitleFormat[];
  out: string | undefined;
  reporter: Reporter;
  signal: AbortSignal;
}): Promise<{ files: string[]; complete: boolean }> {
  const { session, video, reporter, signal } = options;
  const file = await openFile(video);
  const jobId = await sendPriced({ ...options, file });
  const job = await followJob({ session, jobId, video, reporter, signal });
  if (job.status !== "completed") {
    throw new AppError(
      job.errorCode ?? (job.status === "cancelled" ? "job_cancelled" : "internal"),
    );
  }
  reporter.charged(video, job.credits);
  if (job.tracks.length === 0) throw new AppError("internal", { detail: "the job left no track" });
  const failed = job.languages.filter(({ status }) => status === "failed");
  for (const { language, errorCode } of failed) {
    reporter.languageFailed(video, language, errorCode ?? "internal");
  }
  const folder = options.out ?? path.dirname(video);
  const stem = path.join(folder, path.parse(video).name);
  const files: string[] = [];
  for (const track of job.tracks) {
    for (const format of options.formats) {
      const file = `${stem}.${track.language}.${format}`;
      await writeFile(file, await exported(session, track.id, format));
      files.push(file);
    }
  }
  return { files, complete: failed.length === 0 };
}

async function exported(
  session: Session,
  trackId: string,
  format: SubtitleFormat,
): Promise<Buffer> {
  const response = await session.fetch(`/api/v1/tracks/${trackId}/export?format=${format}`);
  if (!response.ok) throw new AppError("internal", { detail: `export: ${response.status}` });
  return Buffer.from(await response.arrayBuffer());
}

/**
 * Sends a file and starts its job at the price that was shown and no higher one. Where the price
 * is known ahead and can't be paid, nothing is sent. Answers the job's id.
 * @throws {AppError} `credits_insufficient`, `price_changed`
 */
async function sendPriced(options: {
  session: Session;
  file: File;
  video: string;
  language: string;
  targets: string[];
  reporter: Reporter;
  signal: AbortSignal;
}): Promise<string> {
  const { session, video, language, targets, reporter, signal } = options;
  let shown = false;
  const show = (quote: QuoteView) => {
    if (!shown) reporter.quote(video, quote);
    shown = true;
    const { affordable, total: amount, balance: available } = quote;
    if (!affordable) throw new AppError("credits_insufficient", { data: { amount, available } });
  };
  const { videoId } = await sendFile({
    ...options,
    choice: { caption: false, language },
    // That price is of the spoken language alone.
    onAnnounced: ({ quote }) => targets.length === 0 && quote && show(quote),
  });
  const quote = await quoteOf({ session, videoId, language, targets, signal });
  show(quote);
  const order = { videoId, language, options: { targets }, maxCredits: quote.total };
  const body = { ...order, idempotencyKey: `caption-${videoId}` };
  return (await session.call<{ job: JobView }>("/api/v1/jobs", { body })).job.id;
}

/** A file whose head doesn't tell its length is looked at for so many tries of a second. */
const quoteTries = 300;

async function quoteOf(options: {
  session: Session;
  videoId: string;
  language: string;
  targets: string[];
  signal: AbortSignal;
}): Promise<QuoteView> {
  const { session, videoId, language, targets, signal } = options;
  for (let tries = 1; ; tries++) {
    try {
      const body = { videoId, language, targets };
      return (await session.call<{ quote: QuoteView }>("/api/v1/quotes", { body })).quote;
    } catch (error) {
      if (!AppError.is(error, "not_ready") || tries === quoteTries) throw error;
      await sleep(askEveryMs, undefined, { signal });
    }
  }
}

/** @throws {AppError} `file_unreadable` */
export async function openFile(video: string): Promise<File> {
  try {
    const { mtimeMs } = await stat(video);
    const lastModified = Math.round(mtimeMs);
    return new File([await openAsBlob(video)], path.basename(video), { lastModified });
  } catch (error) {
    throw new AppError("file_unreadable", { cause: error, detail: `can't open ${video}` });
  }
}

/** Sends a file through the browser's own uploader; an unfinished upload of it goes on. */
export async function sendFile(options: {
  session: Session;
  file: File;
  video: string;
  choice: AddOptions;
  reporter: Pick<Reporter, "progress">;
  signal: AbortSignal;
  /** Before any of the file is sent; what it throws ends the matter. */
  onAnnounced?: (view: UploadView) => void;
}): Promise<UploadResult> {
  const { session, file, video, reporter, signal, choice, onAnnounced } = options;
  const run: UploadRun = {
    ports: uploadPorts(session),
    file,
    options: choice,
    signal,
    onPhase: () => undefined,
    onProgress: (sentBytes) =>
      reporter.progress({ video, stage: "upload", percent: (sentBytes / file.size) * 100 }),
  };
  const { view } = await announceFile(run);
  onAnnounced?.(view);
  return finishUpload(run, view);
}

/** The browser's uploader on this machine: nothing kept in between, the server remembers. */
function uploadPorts(session: Session): UploaderPorts {
  const api = createHttpUploadApi(session.fetch);
  const absolute = (view: UploadView): UploadView => ({
    ...view,
    blobApiUrl: view.blobApiUrl && new URL(view.blobApiUrl, session.url).toString(),
  });
  return {
    api: {
      ...api,
      create: async (...call) => absolute(await api.create(...call)),
      get: async (...call) => absolute(await api.get(...call)),
      attach: async (...call) => absolute(await api.attach(...call)),
    },
    transport: createBlobTransport(),
    records: { put: async () => undefined, remove: async () => undefined, all: async () => [] },
    network: { isOnline: () => true, whenOnline: async () => undefined },
    now: () => Date.now(),
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
    random: () => Math.random(),
    exclusively: (_name, _signal, work) => work(false),
  };
}

async function followJob(options: {
  session: Session;
  jobId: string;
  video: string;
  reporter: Reporter;
  signal: AbortSignal;
}): Promise<JobView> {
  const { session, jobId, video, reporter, signal } = options;
  for (;;) {
    const { job } = await session.call<{ job: JobView }>(`/api/v1/jobs/${jobId}`);
    const running = job.stages.find((each) => each.status === "running")?.stage;
    const stage = running ?? (job.status === "completed" ? "done" : "waiting");
    reporter.progress({ video, stage, percent: job.progress });
    if (finalStatuses.includes(job.status)) return job;
    await sleep(askEveryMs, undefined, { signal });
  }
}
