import "server-only";
import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { AppError } from "@/lib/errors";
import { videoAccess } from "@/lib/sharing/access";
import { speakerNames } from "@/lib/speakers/service";
import { formatInfo, type Loss, type WriteOptions, writeSubtitles } from "@/lib/subtitles/formats";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { getOwnVideo } from "@/lib/videos/service";
import type { ExportFormat } from "./export-formats";
import { type ArchiveQuery, type ExportQuery, maxArchiveFiles } from "./export-schema";
import { scriptWords } from "./export-words";
import { tracksOfVideo } from "./file-repo";
import { contentOf, openTrack } from "./reading";
import { reader } from "./repo";
import { packedAt, writeScript } from "./script-docx";
import { findVersion } from "./version-repo";

/** A file as it is taken home. */
export interface ExportedFile {
  fileName: string;
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Hex. */
  sha256: string;
  revision: number;
  losses: Loss[];
}

type Locale = "ko" | "en";

const script = {
  extension: "docx",
  mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/**
 * A track as a file. The same version, names of speakers and options give the same bytes.
 * @throws {AppError} `not_found`
 */
export async function exportTrack(options: {
  userId: string;
  trackId: string;
  query: ExportQuery;
  /** The reader's: names speakers whom nobody has named. */
  locale: Locale;
}): Promise<ExportedFile> {
  const { userId, query, locale } = options;
  const first = await readTrack(options, query.version);
  const second = query.second && (await readTrack({ userId, trackId: query.second }));
  if (second && second.videoId !== first.videoId) throw new AppError("not_found");
  return fileOf({ first, second: second || undefined, query, locale });
}

/**
 * Tracks of a video in all the formats wanted, packed: entries sorted by name and without times of
 * their own, so that the same content is the same bytes.
 * @throws {AppError} `not_found`, `limit_reached`
 */
export async function exportArchive(options: {
  userId: string;
  videoId: string;
  query: ArchiveQuery;
  locale: Locale;
}): Promise<Omit<ExportedFile, "revision" | "losses"> & { files: ExportedFile[] }> {
  const { userId, videoId, query, locale } = options;
  const { ownerId } = await videoAccess({ userId, videoId, need: "viewer" });
  const video = await getOwnVideo({ ownerId, videoId });
  const all = await tracksOfVideo(videoId);
  const wanted = query.tracks ? all.filter(({ id }) => query.tracks?.includes(id)) : all;
  if (wanted.length === 0 || (query.tracks && wanted.length < query.tracks.length)) {
    throw new AppError("not_found");
  }
  if (wanted.length * query.formats.length > maxArchiveFiles) throw new AppError("limit_reached");
  const files: ExportedFile[] = [];
  for (const { id } of wanted) {
    const first = await readTrack({ userId, trackId: id });
    for (const format of query.formats) {
      files.push(await fileOf({ first, query: { ...query, format }, locale }));
    }
  }
  files.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  const bytes = zipSync(Object.fromEntries(files.map((file) => [file.fileName, file.bytes])), {
    mtime: packedAt,
    level: 6,
  });
  const fileName = `${safeName(video.title)}.zip`;
  return { fileName, mimeType: "application/zip", bytes, sha256: sha256Of(bytes), files };
}

interface ReadTrack {
  videoId: string;
  language: string;
  title: string;
  revision: number;
  cues: readonly Cue[];
  document: SubtitleDocument;
  picture: { width: number | null; height: number | null; fps: number | null };
}

async function readTrack(
  options: { userId: string; trackId: string },
  version?: number,
): Promise<ReadTrack> {
  const track = await openTrack({ ...options, need: "viewer" });
  const { ownerId, videoId, language } = track;
  const video = await getOwnVideo({ ownerId, videoId });
  const revision = version === undefined ? undefined : await revisionOf(track.id, version);
  const content = await contentOf(reader(), track.id, revision);
  const { title, width, height, fps } = video;
  const document = {
    language,
    cues: [...content.cues],
    ...(content.style && { style: content.style }),
  };
  return { ...content, videoId, language, title, document, picture: { width, height, fps } };
}

async function revisionOf(trackId: string, version: number): Promise<number> {
  const found = await findVersion(reader(), trackId, { number: version });
  if (!found) throw new AppError("not_found");
  return found.revision;
}

type FileChoice = Omit<ExportQuery, "second" | "version">;

async function fileOf(options: {
  first: ReadTrack;
  second?: ReadTrack | undefined;
  query: FileChoice;
  locale: Locale;
}): Promise<ExportedFile> {
  const { first, second, query, locale } = options;
  const document = await withNames(first, locale);
  const write = writeOptions(first, query);
  if (second) write.second = await withNames(second, locale);
  const { text, bytes, losses } = await written(query.format, document, write, locale);
  const data = bytes ?? new TextEncoder().encode(text);
  const { extension, mimeType } = query.format === "docx" ? script : formatInfo[query.format];
  const languages = second ? `${first.language}+${second.language}` : first.language;
  return {
    fileName: `${safeName(first.title)}.${languages}.${extension}`,
    ...{ mimeType, bytes: data, sha256: sha256Of(data), revision: first.revision, losses },
  };
}

async function written(
  format: ExportFormat,
  document: SubtitleDocument,
  options: WriteOptions,
  locale: Locale,
): Promise<{ text?: string; bytes?: Uint8Array<ArrayBuffer>; losses: Loss[] }> {
  if (format !== "docx") return writeSubtitles({ document, format, options });
  const words = await scriptWords(locale, document, options.second);
  const { bytes, losses } = writeScript(document, { ...options, words });
  return { bytes: new Uint8Array(bytes), losses };
}

function writeOptions({ title, picture }: ReadTrack, query: FileChoice): WriteOptions {
  const { bom, lineEnd, speakers, frames, looks, times, paragraphs, secondPlace } = query;
  const { width, height, fps } = picture;
  return {
    title,
    ...(bom && { bom: bom === "1" }),
    ...(lineEnd && { lineEnd }),
    ...(speakers && { speakers: speakers === "1" }),
    ...(looks && { looks: looks === "1" }),
    ...(times && { times: times === "1" }),
    ...(paragraphs && { paragraphs: paragraphs === "1" }),
    ...(secondPlace && { secondPlace }),
    ...(frames === "1" && fps && { fps }),
    ...(width && height && { playResX: width, playResY: height }),
  };
}

/** Files have the names of speakers, not the keys by which a track knows them. */
async function withNames({ document, videoId }: ReadTrack, locale: Locale) {
  if (!document.cues.some((cue) => cue.speaker !== undefined)) return document;
  const nameOf = await speakerNames(videoId, locale);
  const cues = document.cues.map((cue) =>
    cue.speaker === undefined ? cue : { ...cue, speaker: nameOf(cue.speaker) },
  );
  return { ...document, cues };
}

/** A title as a file's name on every system. */
function safeName(title: string): string {
  const name = title
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "_")
    .replace(/^\.+|[. ]+$/g, "")
    .slice(0, 150)
    .toWellFormed();
  return name.trim() === "" ? "subtitles" : name;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
