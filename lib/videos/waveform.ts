import "server-only";
import { AppError } from "@/lib/errors";
import { readWavLayout, type WavLayout } from "@/lib/media/wav";
import { videoAccess } from "@/lib/sharing/access";
import { storage } from "@/lib/storage";
import { serveStored } from "@/lib/storage/serve";
import { derivativeKey } from "./keys";
import { preparePeaks } from "./preparation";
import type { VideoRow } from "./repo";
import { getOwnVideo } from "./service";
import { type PeakLevel, soundSampleRate } from "./waveform-format";
import type { SoundQuery } from "./waveform-schema";

/** An answer may take this long before the page is told to ask again, ms. */
const patienceMs = 20_000;
/** Room for whatever stands before the samples of a WAV. */
const wavHeadBytes = 4096;
const bytesPerMs = (soundSampleRate / 1000) * 2;

/** A video's files, for somebody who may see it. */
async function seenVideo(options: { userId: string; videoId: string }): Promise<VideoRow> {
  const { ownerId, videoId } = await videoAccess({ ...options, need: "viewer" });
  const video = await getOwnVideo({ ownerId, videoId });
  if (video.mediaDeletedAt) throw new AppError("gone");
  return video;
}

/**
 * The outline of a video's sound in one level of detail, with ranges and conditions. Videos that
 * have only an outline of an earlier kind get the levels when they are first asked for.
 * @throws {AppError} `not_found`, also while there is no outline yet; `gone` once the files were
 * deleted; `not_ready` while the levels are being made.
 */
export async function servePeaks(options: {
  request: Request;
  userId: string;
  videoId: string;
  level: PeakLevel;
}): Promise<Response> {
  const video = await seenVideo(options);
  if (!video.peaksKey) throw new AppError("not_found");
  if (video.peaksKey !== derivativeKey(video.sourceKey, "peaks-10.dat")) await renew(video.id);
  const name = `peaks-${options.level}.dat` as const;
  return serveStored({
    request: options.request,
    pathname: derivativeKey(video.sourceKey, name),
    fileName: name,
    contentType: "application/octet-stream",
    disposition: "inline",
  });
}

const renewals = new Map<string, Promise<void>>();

/** Once for everybody who asks at the same time; goes on when nobody waits any more. */
async function renew(videoId: string): Promise<void> {
  const running =
    renewals.get(videoId) ?? preparePeaks({ videoId }).finally(() => renewals.delete(videoId));
  renewals.set(videoId, running);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("not_ready")), patienceMs);
  });
  try {
    await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
    // Whoever comes next hears of a failure that comes after the last has left.
    running.catch(() => {});
  }
}

/**
 * The samples of a stretch of a video's sound: 16 kHz, one channel, 16 bit, little-endian, without
 * a header; nothing after the end.
 * @throws {AppError} `not_found`, also when the sound isn't kept; `gone` once the files were
 * deleted.
 */
export async function serveSound(
  options: { userId: string; videoId: string } & SoundQuery,
): Promise<Response> {
  const video = await seenVideo(options);
  const pathname = derivativeKey(video.sourceKey, "audio.wav");
  const stat = await storage().stat(pathname);
  if (!stat || stat.sizeBytes === 0) throw new AppError("not_found");
  const layout = await wavLayout(pathname, stat.sizeBytes);
  const placeOf = (ms: number) => Math.min(Math.floor(layout.dataBytes / 2) * 2, ms * bytesPerMs);
  const [start, end] = [placeOf(options.fromMs), placeOf(options.toMs)];
  const headers = {
    "content-type": "application/octet-stream",
    "content-length": String(end - start),
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
  };
  if (end === start) return new Response(new Uint8Array(), { headers });
  const span = { start: layout.dataOffset + start, end: layout.dataOffset + end - 1 };
  return new Response(await storage().openRead(pathname, span), { headers });
}

async function wavLayout(pathname: string, sizeBytes: number): Promise<WavLayout> {
  const span = { start: 0, end: Math.min(wavHeadBytes, sizeBytes) - 1 };
  const head = await new Response(await storage().openRead(pathname, span)).arrayBuffer();
  return readWavLayout(new Uint8Array(head), sizeBytes);
}
