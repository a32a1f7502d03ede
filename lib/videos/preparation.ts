import "server-only";
import path from "node:path";
import { AppError } from "@/lib/errors";
import {
  chooseAudio,
  extractAudio,
  judgeMedia,
  type MediaInfo,
  makePeaks,
  makePreview,
  makeThumbnail,
  type OnProgress,
  probe,
} from "@/lib/media";
import { storage } from "@/lib/storage";
import { localCopy, storeDerivative, withWorkFolder } from "./files";
import { type Derivative, derivativeKey, videoPrefix } from "./keys";
import { findVideoForWork, keysOfDeleting, markDeleted, updateVideo, type VideoRow } from "./repo";

/** px; the list shows it at half that on dense screens. */
const thumbnailWidth = 640;
/** Pairs of extremes a second; enough for an overview of a long video. */
const peaksPerSecond = 20;

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
      await noteInfo(videoId, info);
      return info;
    });
  } catch (error) {
    if (AppError.is(error) && !error.retryable) {
      await updateVideo(videoId, { status: "failed", errorCode: error.code });
    }
    throw error;
  }
}

async function noteInfo(videoId: string, info: MediaInfo): Promise<void> {
  const audio = chooseAudio(info.audio);
  await updateVideo(videoId, {
    container: info.container,
    durationMs: info.durationMs,
    width: info.video?.width ?? null,
    height: info.video?.height ?? null,
    fps: info.video?.fps || null,
    videoCodec: info.video?.codec ?? null,
    audioCodec: audio?.codec ?? null,
    audioStreams: info.audio.length,
    playable: info.playableInBrowser,
  });
}

/** Makes a derivative unless it is there already. */
async function ensure(
  video: VideoRow,
  name: Derivative,
  make: (files: { folder: string; output: string }) => Promise<void>,
): Promise<string> {
  const key = derivativeKey(video.ownerId, video.id, name);
  if (await storage().stat(key)) return key;
  await withWorkFolder(async (folder) => {
    const output = path.join(folder, name);
    await make({ folder, output });
    await storeDerivative(key, output);
  });
  return key;
}

/** A picture that isn't black; from then on the video counts as ready. */
export async function prepareThumbnail({ videoId, signal }: Work): Promise<void> {
  const video = await videoForWork(videoId);
  const thumbnailKey = await ensure(video, "thumbnail.webp", async ({ folder, output }) => {
    const input = await localCopy({ key: video.sourceKey, folder });
    const durationMs = video.durationMs ?? 0;
    await makeThumbnail({ input, output, durationMs, width: thumbnailWidth, signal });
  });
  await updateVideo(videoId, { thumbnailKey, status: "ready", preparedAt: new Date() });
}

const audioUnderWay = new Map<string, Promise<string>>();

/**
 * The sound for recognition, made once a video: preparation and a job may ask at the same time.
 * Answers its key in storage.
 */
export function prepareAudio(work: Work): Promise<string> {
  const running = audioUnderWay.get(work.videoId);
  if (running) return running;
  const made = makeAudio(work).finally(() => audioUnderWay.delete(work.videoId));
  audioUnderWay.set(work.videoId, made);
  return made;
}

async function makeAudio({ videoId, signal, onProgress }: Work): Promise<string> {
  const video = await videoForWork(videoId);
  return ensure(video, "audio.wav", async ({ folder, output }) => {
    const input = await localCopy({ key: video.sourceKey, folder });
    const streamIndex = chooseAudio((await probe({ path: input, signal })).audio)?.index;
    const durationMs = video.durationMs ?? 0;
    await extractAudio({ input, output, durationMs, streamIndex, onProgress, signal });
  });
}

export async function preparePeaks({ videoId, signal }: Work): Promise<void> {
  const audioKey = await prepareAudio({ videoId, ...(signal && { signal }) });
  const video = await videoForWork(videoId);
  const peaksKey = await ensure(video, "peaks.dat", async ({ folder, output }) => {
    const input = await localCopy({ key: audioKey, folder });
    await makePeaks({ input, output, perSecond: peaksPerSecond, signal });
  });
  await updateVideo(videoId, { peaksKey });
}

/** An MP4 that browsers play, for originals that they don't. */
export async function preparePreview({ videoId, signal, onProgress }: Work): Promise<void> {
  const video = await videoForWork(videoId);
  if (video.playable) return;
  const previewKey = await ensure(video, "preview.mp4", async ({ folder, output }) => {
    const input = await localCopy({ key: video.sourceKey, folder });
    const info = await probe({ path: input, signal });
    const durationMs = video.durationMs ?? info.durationMs;
    await makePreview({ input, output, info, durationMs, onProgress, signal });
  });
  await updateVideo(videoId, { previewKey });
}

/** Notes that preparation gave up; what can be used stays usable. */
export async function failPreparation(videoId: string): Promise<void> {
  const video = await findVideoForWork(videoId);
  if (!video || video.status === "failed") return;
  await updateVideo(videoId, { errorCode: "media_failed", status: "ready" });
}

/** Removes every object of a video that is being deleted, then leaves its tombstone. */
export async function eraseVideo(videoId: string): Promise<void> {
  const video = await keysOfDeleting(videoId);
  if (!video) return;
  let cursor: string | undefined;
  do {
    const page = await storage().list(
      videoPrefix(video.ownerId, videoId),
      cursor ? { cursor } : {},
    );
    await storage().delete(page.objects.map((object) => object.pathname));
    cursor = page.cursor;
  } while (cursor);
  await markDeleted(videoId);
}
