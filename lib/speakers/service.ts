import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { videoAccess } from "@/lib/sharing/access";
import { speechBySpeaker } from "@/lib/speech/diarization/turns";
import type { SpeakerTurn } from "@/lib/speech/diarization/types";
import { notifyTracksOf } from "@/lib/tracks/notify";
import { type Tx, transaction } from "@/lib/transaction";
import { type KnownStretch, matchKnownSpeakers } from "./known-speakers";
import { maxSpeakerName, maxSpeakers } from "./limits";
import { rootSpeaker, speakerNameOf } from "./names";
import { insertSpeakers, lockSpeakers, readSpeakers, updateSpeaker } from "./repo";
import type { SpeakerConflict, SpeakerView, UpdateSpeakerInput } from "./schema";

/**
 * Keeps the speakers that a job found and answers the key of each; called twice, the same keys.
 * Whoever speaks where `known` has a speaker already keeps that one's key, with its name.
 */
export async function keepSpeakers(
  tx: Tx,
  options: {
    videoId: string;
    jobId: string;
    turns: readonly SpeakerTurn[];
    /** Cues of the track that is made anew. */
    known?: readonly KnownStretch[];
  },
): Promise<Map<string, string>> {
  const { videoId, jobId, turns, known = [] } = options;
  const there = await readSpeakers(videoId, tx);
  const roots = known.map((stretch) => ({
    ...stretch,
    speaker: stretch.speaker && rootSpeaker(there, stretch.speaker)?.key,
  }));
  const matches = matchKnownSpeakers(turns, roots);
  const taken = new Set(
    [...matches.values()].map((key) => there.find((speaker) => speaker.key === key)?.number),
  );
  const keys = new Map<string, string>();
  const made: { key: string; number: number }[] = [];
  // The end of a job's id is random; its beginning is the time.
  const prefix = jobId.slice(-8);
  let number = 0;
  for (const speaker of inFirstWords(turns)) {
    const match = matches.get(speaker);
    if (!match) {
      do number += 1;
      while (taken.has(number));
      made.push({ key: `${prefix}-${speaker}`, number });
    }
    keys.set(speaker, match ?? `${prefix}-${speaker}`);
  }
  await insertSpeakers(tx, videoId, made);
  return keys;
}

/**
 * Makes speakers of the names that came with a text, so that they can be renamed and merged like
 * those that were heard. A name that the video has already is that speaker; called twice, the same
 * keys. Names beyond `maxSpeakers` stay names.
 */
export async function keepSpeakerNames(
  tx: Tx,
  options: { videoId: string; names: readonly string[] },
): Promise<Map<string, string>> {
  const { videoId } = options;
  await lockSpeakers(tx, videoId);
  const there = await readSpeakers(videoId, tx);
  let number = Math.max(0, ...there.map((one) => one.number));
  const keys = new Map<string, string>();
  const made: { key: string; number: number; name: string }[] = [];
  for (const given of new Set(options.names)) {
    const name = given.trim().slice(0, maxSpeakerName).toWellFormed();
    if (name === "") continue;
    const known = [...there, ...made].find((one) => one.name === name);
    if (!known && there.length + made.length >= maxSpeakers) continue;
    const key = known?.key ?? `own-${newId().slice(-12)}`;
    if (!known) made.push({ key, number: ++number, name });
    keys.set(given, key);
  }
  await insertSpeakers(tx, videoId, made);
  return keys;
}

function inFirstWords(turns: readonly SpeakerTurn[]): string[] {
  return [...speechBySpeaker(turns.toSorted((a, b) => a.startMs - b.startMs)).keys()];
}

/**
 * Who speaks in a video, for somebody who may see it.
 * @throws {AppError} `not_found`
 */
export async function listSpeakers(options: {
  userId: string;
  videoId: string;
}): Promise<SpeakerView[]> {
  const { userId, videoId } = options;
  await videoAccess({ userId, videoId, need: "viewer" });
  return readSpeakers(videoId);
}

/**
 * Adds somebody whom no engine told apart.
 * @throws {AppError} `not_found`, `forbidden`, `limit_reached`
 */
export async function addSpeaker(options: {
  userId: string;
  videoId: string;
  name: string | null;
}): Promise<SpeakerView> {
  const { userId, videoId, name } = options;
  await videoAccess({ userId, videoId, need: "editor" });
  return transaction(async (tx) => {
    await lockSpeakers(tx, videoId);
    const there = await readSpeakers(videoId, tx);
    if (there.length >= maxSpeakers) throw new AppError("limit_reached");
    const number = Math.max(0, ...there.map((one) => one.number)) + 1;
    const key = `own-${newId().slice(-12)}`;
    await insertSpeakers(tx, videoId, [{ key, number, name }]);
    await notifyTracksOf(tx, videoId, "speakers");
    return { key, number, name, mergedInto: null };
  });
}

/**
 * Names a speaker, or says that it is the same person as another one; both hold at once for all
 * subtitles of the video.
 * @throws {AppError} `not_found`, `forbidden`; `edit_conflict` with both names when it was renamed elsewhere;
 *   `validation_failed` when the two are one already the other way round
 */
export async function changeSpeaker(options: {
  userId: string;
  videoId: string;
  key: string;
  change: UpdateSpeakerInput;
}): Promise<SpeakerView[]> {
  const { userId, videoId, key, change } = options;
  await videoAccess({ userId, videoId, need: "editor" });
  return transaction(async (tx) => {
    await lockSpeakers(tx, videoId);
    const speakers = await readSpeakers(videoId, tx);
    const speaker = speakers.find((one) => one.key === key);
    if (!speaker) throw new AppError("not_found");
    const data =
      "name" in change
        ? { name: newName(speaker, change) }
        : { mergedInto: newRoot(speakers, key, change.mergeInto) };
    await updateSpeaker(tx, { videoId, key }, data);
    await notifyTracksOf(tx, videoId, "speakers");
    return readSpeakers(videoId, tx);
  });
}

function newName(
  { name: theirs }: SpeakerView,
  { name: yours, was }: Extract<UpdateSpeakerInput, { name: string | null }>,
): string | null {
  if (was === undefined || was === theirs || yours === theirs) return yours;
  const data: SpeakerConflict = { yours, theirs };
  throw new AppError("edit_conflict", { data: { ...data } });
}

function newRoot(speakers: readonly SpeakerView[], key: string, into: string | null) {
  if (into === null) return null;
  const root = rootSpeaker(speakers, into);
  if (!root) throw new AppError("not_found");
  if (root.key !== key) return root.key;
  throw new AppError("validation_failed", { detail: "the two are one already" });
}

/**
 * What a file calls the speakers of a video: the name of each key, in the reader's language where
 * nobody gave one. Keys of nobody stay as they are.
 */
export async function speakerNames(
  videoId: string,
  locale: "ko" | "en",
): Promise<(key: string) => string> {
  const speakers = await readSpeakers(videoId);
  const word = { ko: "화자", en: "Speaker" }[locale];
  return (key) => speakerNameOf(speakers, key, (number) => `${word} ${number}`);
}
