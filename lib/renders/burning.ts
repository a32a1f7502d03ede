import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "@/lib/errors";
import { burnIn, probe } from "@/lib/media";
import { storage } from "@/lib/storage";
import { writeSubtitles } from "@/lib/subtitles/formats";
import { contentOf } from "@/lib/tracks/reading";
import { transaction } from "@/lib/transaction";
import { localCopy, withWorkFolder } from "@/lib/videos/files";
import { rendersPrefix } from "@/lib/videos/keys";
import { captionableVideo } from "@/lib/videos/service";
import { putFonts } from "./fonts";
import { makeWay } from "./keeping";
import { findRender, lockRender, noteProgress, type RenderRow, updateRender } from "./repo";
import { renderOptions } from "./schema";
import { endRender } from "./settle";
import { inShippedFont } from "./shipped-font";
import { isOpen } from "./statuses";

/**
 * Makes an ordered video, and does so again from the start after a crash. One that has ended, or
 * isn't there any more, is left alone.
 * @throws {AppError} why it can't be made
 */
export async function burnRender(work: { renderId: string; signal: AbortSignal }): Promise<void> {
  const { renderId, signal } = work;
  const row = await begin(renderId);
  if (!row) return;
  const { ownerId, videoId } = row;
  const video = await captionableVideo({ ownerId, videoId });
  const key = `${rendersPrefix(video.sourceKey)}${renderId}.mp4`;
  await withWorkFolder(async (folder) => {
    const output = path.join(folder, "burned.mp4");
    const input = await localCopy({ key: video.sourceKey, folder, signal });
    const info = await probe({ path: input, signal });
    if (!info.video) throw new AppError("video_stream_missing");
    const { height, quality } = renderOptions.parse(row.options);
    const assFile = path.join(folder, "subtitles.ass");
    await writeFile(assFile, await assOf(row, info.video, video.title));
    await storage().assertRoom(info.sizeBytes);
    await burnIn({
      ...{ input, output, info, assFile, quality, signal },
      durationMs: video.durationMs ?? info.durationMs,
      fontsFolder: await putFonts(folder),
      shortSide: height === "source" ? null : height,
      onProgress: progressNoter(renderId),
    });
    const file = { key, sizeBytes: (await stat(output)).size, sha256: await sha256Of(output) };
    signal.throwIfAborted();
    await storage().put(key, { path: output }, { contentType: "video/mp4" });
    // Removed, or deleted with its video, while it was made: what was just stored would stay.
    const ending = (await isWanted(renderId)) ? { file } : { errorCode: "gone" as const };
    const ended = await endRender({ renderId, ...ending });
    if (!ended || !("file" in ending)) await storage().delete([key]);
  });
  await makeWay(videoId);
}

/** Whether its video is there still, whosever it has become: a visitor's work may be taken over. */
async function isWanted(renderId: string): Promise<boolean> {
  const row = await findRender(renderId);
  if (!row) return false;
  const { ownerId, videoId } = row;
  return captionableVideo({ ownerId, videoId }).then(
    () => true,
    () => false,
  );
}

/** From here on it is at work; undefined when it isn't to be made. */
function begin(renderId: string): Promise<RenderRow | undefined> {
  return transaction(async (tx) => {
    const row = await lockRender(tx, renderId);
    if (!row || !isOpen(row.status)) return undefined;
    const now = new Date();
    await updateRender(tx, renderId, { status: "processing", startedAt: now, heartbeatAt: now });
    return row;
  });
}

/** The subtitles as they were when the video was ordered. */
async function assOf(
  { trackId, revision, track }: RenderRow,
  picture: { width: number; height: number },
  title: string,
): Promise<string> {
  const { cues, style } = await transaction((tx) => contentOf(tx, trackId, revision));
  const document = inShippedFont({
    ...{ language: track.language, cues: [...cues] },
    ...(style && { style }),
  });
  const { width: playResX, height: playResY } = picture;
  const options = { title, playResX, playResY, speakers: false };
  return writeSubtitles({ document, format: "ass", options }).text;
}

/** Progress is noted so often at most, ms. */
const noteEveryMs = 1_000;

function progressNoter(renderId: string): (fraction: number) => void {
  let notedAtMs = 0;
  return (fraction) => {
    const nowMs = Date.now();
    if (nowMs - notedAtMs < noteEveryMs) return;
    notedAtMs = nowMs;
    // The last percent is for storing the file. A note that is lost is made up for by the next.
    void noteProgress(renderId, Math.min(99, Math.floor(fraction * 100))).catch(() => undefined);
  };
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(/* turbopackIgnore: true */ file), hash);
  return hash.digest("hex");
}
