import "server-only";
import path from "node:path";
import { AppError, type ErrorCode } from "@/lib/errors";
import {
  chooseAudio,
  distinctChannels,
  extractAudio,
  findShotChanges,
  judgeMedia,
  type MediaInfo,
  makePeaks,
  makePreview,
  makeThumbnail,
  measureChannels,
  type OnProgress,
  probe,
} from "@/lib/media";
import { storage } from "@/lib/storage";
import { transaction } from "@/lib/transaction";
import { fulfilInspected } from "./caption-orders";
import { localCopy, storeDerivative, withWorkFolder } from "./files";
import { type Derivative, derivativeKey } from "./keys";
import { findVideoForWork, updatePrepared, type VideoRow } from "./repo";
import { startRetention } from "./retention";
import { type PeakLevel, peakLevels } from "./waveform-format";

/** px; the list shows it at half that on dense screens. */
const thumbnailWidth = 640;

/** A pipeline's call for a video: every step works again after a crash. */
interface Work {
  videoId: string;
  signal?: AbortSignal;
  onProgress?: OnProgress;
}

async function videoForWork(videoId: string): Promise<VideoRow> {
  const video = await findVideoForWork(videoId);
  if (!video) throw new AppError("gone");
  return video;
}

/**
 * Reads what the file is and notes it. A file that can't become a captioned video marks the video
 * as failed with the reason.
 * @throws {AppError} that reason
 */
export async function inspectVideo({ videoId, signal }: Work): Promise<MediaInfo> {
  const video = await videoForWork(videoId);
  try {
    return await withWorkFolder(async (folder) => {
      const input = await localCopy({ key: video.sourceKey, folder, ...(signal && { signal }) });
      const info = await probe({ path: input, signal });
      const problem = judgeMedia(info);
      if (problem) throw new AppError(problem);
      const channels = video.audioChannels ?? (await countChannels(input, info, signal));
      await noteInfo(videoId, info, channels);
      await fulfilInspected(videoId);
      return info;
    });
  } catch (error) {
    if (AppError.is(error) && isVerdict(error.code)) {
      await updatePrepared(videoId, { status: "failed", errorCode: error.code });
    }
    throw error;
  }
}

/** About the file itself, so that no further try and no other machine can judge otherwise. */
function isVerdict(code: ErrorCode): boolean {
  return (
    code.startsWith("file_") ||
    ["codec_unsupported", "video_limits_exceeded"].includes(code) ||
    code.endsWith("_stream_missing")
  );
}

/** How much of a video's sound tells whether its channels differ, and how far apart, ms. */
const channelSample = { lengthMs: 20_000, places: [0.15, 0.5, 0.85] };

/**
 * Channels of the sound, 1 where all carry the same, null where it can't be told. From a few
 * places: a microphone each shows within seconds of talk, and the whole is measured when speakers
 * are told apart by it.
 */
async function countChannels(file: string, info: MediaInfo, signal?: AbortSignal) {
  const { lengthMs, places } = channelSample;
  const { durationMs } = info;
  if ((chooseAudio(info.audio)?.channels ?? 1) < 2) return 1;
  const isLong = durationMs > lengthMs * places.length;
  const looks = isLong
    ? places.map((place) => ({ fromMs: Math.round(durationMs * place), lengthMs }))
    : [{ fromMs: 0, lengthMs: durationMs }];
  try {
    let most = 1;
    for (const look of looks) {
      const sound = await measureChannels({ path: file, durationMs, ...look, signal });
      most = Math.max(most, distinctChannels(sound));
    }
    return most;
  } catch {
    signal?.throwIfAborted();
    // What a video is doesn't depend on this; its sound is judged again when it is extracted.
    return null;
  }
}

async function noteInfo(
  videoId: string,
  info: MediaInfo,
  audioChannels: number | null,
): Promise<void> {
  const audio = chooseAudio(info.audio);
  await updatePrepared(videoId, {
    container: info.container,
    durationMs: info.durationMs,
    width: info.video?.width ?? null,
    height: info.video?.height ?? null,
    fps: info.video?.fps || null,
    videoCodec: info.video?.codec ?? null,
    audioCodec: audio?.codec ?? null,
    audioStreams: info.audio.length,
    audioChannels,
    playable: info.playableInBrowser,
  });
}

/** Makes a derivative unless it is there already. */
async function ensure(
  video: VideoRow,
  name: Derivative,
  make: (files: { folder: string; output: string }) => Promise<void>,
): Promise<string> {
  const key = derivativeKey(video.sourceKey, name);
  await ensureAll(video, [key], (folder) => make({ folder, output: path.join(folder, name) }));
  return key;
}

/**
 * Makes derivatives that come from one piece of work, each as a file in the folder named like its
 * key. The last is stored last: where it is, all are.
 */
async function ensureAll(
  video: VideoRow,
  keys: readonly string[],
  make: (folder: string) => Promise<void>,
): Promise<void> {
  if (await storage().stat(keys.at(-1) ?? "")) return;
  await withWorkFolder(async (folder) => {
    await make(folder);
    for (const key of keys) await storeDerivative(key, path.join(folder, path.basename(key)));
  });
  // Deleted meanwhile: what was just stored would otherwise stay for ever.
  if (!(await findVideoForWork(video.id))) {
    await storage().delete([...keys]);
    throw new AppError("gone");
  }
}

/** A picture that isn't black; from then on the video counts as ready. */
export async function prepareThumbnail({ videoId, signal }: Work): Promise<void> {
  const video = await videoForWork(videoId);
  const thumbnailKey = await ensure(video, "thumbnail.webp", async ({ folder, output }) => {
    const input = await localCopy({ key: video.sourceKey, folder, ...(signal && { signal }) });
    const durationMs = video.durationMs ?? 0;
    await makeThumbnail({ input, output, durationMs, width: thumbnailWidth, signal });
  });
  await updatePrepared(videoId, { thumbnailKey, status: "ready", preparedAt: new Date() });
  await transaction((tx) => startRetention(tx, { videoId, outcome: "waiting" }));
}

interface SharedAudio {
  made: Promise<string>;
  waiting: Set<Work>;
  controller: AbortController;
}

const audioUnderWay = new Map<string, SharedAudio>();

/**
 * The sound for recognition, made once a video: preparation and a job may ask at the same time.
 * It is given up only when nobody waits for it any more. Answers its key in storage.
 */
export async function prepareAudio(work: Work): Promise<string> {
  const shared = audioUnderWay.get(work.videoId) ?? startAudio(work.videoId);
  shared.waiting.add(work);
  const leave = () => {
    shared.waiting.delete(work);
    if (shared.waiting.size === 0) shared.controller.abort(work.signal?.reason);
  };
  work.signal?.addEventListener("abort", leave, { once: true });
  try {
    const key = await shared.made;
    work.signal?.throwIfAborted();
    return key;
  } finally {
    work.signal?.removeEventListener("abort", leave);
  }
}

function startAudio(videoId: string): SharedAudio {
  const controller = new AbortController();
  const waiting = new Set<Work>();
  const onProgress = (fraction: number) => {
    for (const work of waiting) work.onProgress?.(fraction);
  };
  const made = makeAudio({ videoId, onProgress, signal: controller.signal }).finally(() =>
    audioUnderWay.delete(videoId),
  );
  const shared = { made, waiting, controller };
  audioUnderWay.set(videoId, shared);
  return shared;
}

async function makeAudio({ videoId, signal, onProgress }: Work): Promise<string> {
  const video = await videoForWork(videoId);
  return ensure(video, "audio.wav", async ({ folder, output }) => {
    const input = await localCopy({ key: video.sourceKey, folder, ...(signal && { signal }) });
    const streamIndex = chooseAudio((await probe({ path: input, signal })).audio)?.index;
    const durationMs = video.durationMs ?? 0;
    await extractAudio({ input, output, durationMs, streamIndex, onProgress, signal });
  });
}

/** The sound's outline in all its levels; one of an earlier kind gives way to them. */
export async function preparePeaks({ videoId, signal }: Work): Promise<void> {
  const video = await videoForWork(videoId);
  const keyOf = (level: PeakLevel) => derivativeKey(video.sourceKey, `peaks-${level}.dat`);
  const peaksKey = keyOf(peakLevels[0]);
  await ensureAll(video, peakLevels.map(keyOf).reverse(), async (folder) => {
    const audioKey = await prepareAudio({ videoId, ...(signal && { signal }) });
    const input = await localCopy({ key: audioKey, folder, ...(signal && { signal }) });
    const outputs = peakLevels.map((perSecond) => {
      return { path: path.join(folder, path.basename(keyOf(perSecond))), perSecond };
    });
    await makePeaks({ input, outputs, signal });
  });
  await updatePrepared(videoId, { peaksKey });
  if (video.peaksKey && video.peaksKey !== peaksKey) await storage().delete([video.peaksKey]);
}

/**
 * Notes where shots change, once: cues end before them. A video that can't be looked through, or
 * not in about its own length, counts as one shot, because subtitles get along without.
 */
export async function prepareShotChanges({ videoId, signal, onProgress }: Work): Promise<void> {
  const video = await videoForWork(videoId);
  if (video.shotChanges !== null) return;
  const shotChanges = await withWorkFolder(async (folder) => {
    const input = await localCopy({ key: video.sourceKey, folder, ...(signal && { signal }) });
    try {
      return await findShotChanges({ path: input, onProgress, signal });
    } catch (error) {
      const endless = AppError.is(error) && ["media_timeout", "media_failed"].includes(error.code);
      if (endless) return [];
      throw error;
    }
  });
  await updatePrepared(videoId, { shotChanges });
}

/** An MP4 that browsers play, for originals that they don't. */
export async function preparePreview({ videoId, signal, onProgress }: Work): Promise<void> {
  const video = await videoForWork(videoId);
  if (video.playable) return;
  const previewKey = await ensure(video, "preview.mp4", async ({ folder, output }) => {
    const input = await localCopy({ key: video.sourceKey, folder, ...(signal && { signal }) });
    const info = await probe({ path: input, signal });
    const durationMs = video.durationMs ?? info.durationMs;
    await makePreview({ input, output, info, durationMs, onProgress, signal });
  });
  await updatePrepared(videoId, { previewKey });
}

/** Notes that preparation gave up; what can be used stays usable. */
export async function failPreparation(videoId: string): Promise<void> {
  const video = await findVideoForWork(videoId);
  if (!video || video.status === "failed") return;
  await updatePrepared(videoId, { errorCode: "media_failed", status: "ready" });
}
