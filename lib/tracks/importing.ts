import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { assertStillAllowed, videoAccess } from "@/lib/sharing/access";
import { speakerNames } from "@/lib/speakers/service";
import { diffTracks } from "@/lib/subtitles/diff";
import {
  decodeSubtitleBytes,
  type LocatedProblem,
  maxSubtitleFileCues,
  type ReadableFormat,
  type ReadResult,
  readSubtitles,
  type TextEncoding,
} from "@/lib/subtitles/formats";
import { withLooks } from "@/lib/subtitles/formats/ass-looks-reader";
import type { TrackContent } from "@/lib/subtitles/model";
import { inTrackOrder } from "@/lib/subtitles/operations";
import { type RuleProfile, ruleProfile } from "@/lib/subtitles/rules";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import { type Tx, transaction } from "@/lib/transaction";
import { formatOfFile } from "@/lib/transcripts/read";
import { getOwnVideo } from "@/lib/videos/service";
import { insertTrack, tracksOfVideo } from "./file-repo";
import {
  type ImportPreview,
  type ImportResult,
  type NewTrackQuery,
  type ReplaceQuery,
  sampleSize,
} from "./import-schema";
import { warningsOf } from "./import-warnings";
import { type ImportedCues, importedCues } from "./imported-cues";
import { assertRoom } from "./limits";
import { contentOf, cuesOf, openTrack } from "./reading";
import { insertSnapshot, lockTrack, reader, updateTrack } from "./repo";
import { keepVersion, replaceCues } from "./saving";
import { insertVersion } from "./version-repo";

type Locale = "ko" | "en";

/** A file as somebody brings it. */
interface BroughtFile {
  bytes: Uint8Array;
  fileName: string;
  fileLanguage?: string | undefined;
}

interface ReadFile {
  format: ReadableFormat;
  encoding: TextEncoding;
  result: ReadResult;
  problems: LocatedProblem[];
}

/** @throws {AppError} `subtitles_unreadable`, `limit_reached` */
function readFile({ bytes, fileName, fileLanguage }: BroughtFile, language?: string): ReadFile {
  const { text, encoding, problems } = decodeSubtitleBytes(bytes);
  if (problems.some(({ code }) => code === "not_text")) throw new AppError("subtitles_unreadable");
  const format = formatOfFile(fileName, text) ?? "txt";
  const wanted = fileLanguage ?? language;
  const makeId = () => newId();
  const result = readSubtitles({ text, format, makeId, ...(wanted && { language: wanted }) });
  if (result.document.cues.length > maxSubtitleFileCues) throw new AppError("limit_reached");
  return { format, encoding, result, problems: [...problems, ...result.problems] };
}

/** What a file becomes in a language of a video, beside what is there. */
async function cuesFor(
  file: ReadFile,
  track: {
    videoId: string;
    language: string;
    present: TrackContent;
    profile: RuleProfile | null;
    locale: Locale;
  },
): Promise<ImportedCues & { style: SubtitleStyle | null }> {
  const { videoId, language, present, locale } = track;
  const { format, result, problems } = file;
  const document = format === "ass" ? withLooks(result.document, present.style) : result.document;
  const imported = importedCues(document, {
    ...{ format, language, present: present.cues, at: new Date().toISOString() },
    untimed: problems.some(({ code }) => code === "times_estimated"),
    nameOf: await speakerNames(videoId, locale),
    profile: track.profile ?? ruleProfile(language),
  });
  // Our own file without a look is a track with the usual one; others don't speak of it.
  const unsaid = format === "json" ? null : present.style;
  return { ...imported, style: document.style ?? unsaid };
}

function previewOf(
  file: ReadFile,
  imported: ImportedCues,
  locale: Locale,
): Omit<ImportPreview, "changes" | "revision"> {
  const { format, encoding, result } = file;
  const sample = imported.cues.slice(0, sampleSize).map((cue) => ({
    ...{ startMs: cue.startMs, endMs: cue.endMs, text: cue.text },
    speaker: cue.speaker ?? null,
  }));
  return {
    ...{ format, encoding, cues: imported.cues.length, sample },
    problems: warningsOf(file.problems, imported, locale),
    languages: result.languages ?? [],
    language: result.document.language ?? null,
  };
}

/** What the track is to be. */
function contentOfFile({ cues, style }: Awaited<ReturnType<typeof cuesFor>>): TrackContent {
  return { cues: inTrackOrder(cues), style };
}

interface Replacement {
  /** Who brings it. */
  userId: string;
  trackId: string;
  bytes: Uint8Array;
  query: ReplaceQuery;
  locale: Locale;
}

/**
 * What a file would change in a track. Nothing is stored.
 * @throws {AppError} `not_found`, `forbidden`, `subtitles_unreadable`, `limit_reached`
 */
export async function previewReplacement(options: Replacement): Promise<ImportPreview> {
  const { bytes, query, locale } = options;
  const track = await openTrack({ ...options, need: "editor" });
  const file = readFile({ bytes, ...query }, track.language);
  const { revision, ...present } = await contentOf(reader(), track.id);
  const imported = await cuesFor(file, { ...track, present, locale });
  const { counts } = diffTracks(present, contentOfFile(imported));
  return { ...previewOf(file, imported, locale), changes: counts, revision };
}

/**
 * Puts a file's cues in the place of a track's. What was there stays as a version, and the file's
 * cues are one of their own.
 * @throws {AppError} `not_found`, `forbidden`, `subtitles_unreadable`, `transcript_empty` for a file
 *   without subtitles, `conflict` when the track isn't as it was compared, `limit_reached`
 */
export async function replaceFromFile(options: Replacement): Promise<ImportResult> {
  const { userId, bytes, query, locale } = options;
  const track = await openTrack({ ...options, need: "editor" });
  const file = readFile({ bytes, ...query }, track.language);
  return transaction(async (tx) => {
    const locked = await lockTrack(tx, track.id);
    if (!locked) throw new AppError("not_found");
    await assertStillAllowed(tx, { userId, videoId: track.videoId, need: "editor" });
    if (locked.revision !== query.baseRevision) throw new AppError("conflict");
    const present = await contentOf(tx, track.id);
    const imported = await cuesFor(file, { ...track, present, locale });
    if (imported.cues.length === 0) throw new AppError("transcript_empty");
    assertRoom(present.cues, imported.cues);
    const { cues, style } = contentOfFile(imported);
    const kept = await keepVersion(tx, track.id, locked.revision, userId);
    const { revision, number } = await replaceCues(tx, {
      ...{ trackId: track.id, revision: locked.revision, cues, style, actorId: userId },
      // No editor's id has a slash.
      clientOpId: `import/${newId()}`,
    });
    const version = { trackId: track.id, number, revision, kind: "imported" as const };
    await insertVersion(tx, { ...version, actorId: userId });
    return { trackId: track.id, revision, version: number, kept: kept.number };
  });
}

interface NewLanguage {
  userId: string;
  videoId: string;
  bytes: Uint8Array;
  query: NewTrackQuery;
  locale: Locale;
}

/** What a new language is beside: the video's spoken one, whose cues lend their ids. */
async function besideWhich(client: Tx | undefined, videoId: string) {
  const tracks = await tracksOfVideo(videoId, client);
  const source = tracks.find(({ sourceTrackId }) => sourceTrackId === null);
  return { tracks, source };
}

/** The same cue in another language has its id and its times, and nothing else of it. */
async function lentBy(client: Tx | undefined, trackId: string | undefined): Promise<TrackContent> {
  if (trackId === undefined) return { cues: [], style: null };
  const { cues } = await cuesOf(client ?? reader(), trackId);
  const bare = cues.map(({ id, startMs, endMs, speaker }) => ({
    ...{ id, startMs, endMs, text: "" },
    ...(speaker !== undefined && { speaker }),
  }));
  return { cues: bare, style: null };
}

/**
 * What a file would be as a new language of a video. Nothing is stored.
 * @throws {AppError} `not_found`, `forbidden`, `subtitles_unreadable`, `limit_reached`, `conflict`
 *   when the video has the language already
 */
export async function previewNewLanguage(options: NewLanguage): Promise<ImportPreview> {
  const { bytes, query, locale, videoId } = options;
  await videoAccess({ ...options, need: "editor" });
  const { language } = query;
  const file = readFile({ bytes, ...query }, language);
  const { tracks, source } = await besideWhich(undefined, videoId);
  if (tracks.some((track) => track.language === language)) throw new AppError("conflict");
  const present = await lentBy(undefined, source?.id);
  const imported = await cuesFor(file, { videoId, language, present, profile: null, locale });
  return { ...previewOf(file, imported, locale), changes: null, revision: null };
}

/**
 * Makes a new language of a video from a file.
 * @throws {AppError} as `previewNewLanguage`, and `transcript_empty`
 */
export async function addLanguageFromFile(options: NewLanguage): Promise<ImportResult> {
  const { userId, videoId, bytes, query, locale } = options;
  const { language } = query;
  const { ownerId } = await videoAccess({ userId, videoId, need: "editor" });
  await getOwnVideo({ ownerId, videoId });
  const file = readFile({ bytes, ...query }, language);
  return transaction(async (tx) => {
    const { source } = await besideWhich(tx, videoId);
    const present = await lentBy(tx, source?.id);
    const imported = await cuesFor(file, { videoId, language, present, profile: null, locale });
    if (imported.cues.length === 0) throw new AppError("transcript_empty");
    assertRoom([], imported.cues);
    const id = newId();
    const sourceTrackId = source?.id ?? null;
    const made = await insertTrack(tx, { id, ownerId, videoId, language, sourceTrackId });
    if (!made) throw new AppError("conflict");
    await updateTrack(tx, id, { profile: ruleProfile(language) });
    const { cues, style } = contentOfFile(imported);
    await insertSnapshot(tx, id, 0, { cues, style });
    const version = { trackId: id, number: 1, revision: 0, kind: "imported" as const };
    await insertVersion(tx, { ...version, actorId: userId });
    return { trackId: id, revision: 0, version: 1, kept: null };
  });
}
