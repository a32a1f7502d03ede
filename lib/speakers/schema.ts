import { z } from "zod";
import { cleanLine } from "@/lib/text";

/** Longest name of a speaker, in UTF-16 units. */
export const maxSpeakerName = 40;

/** Somebody who speaks in a video. Cues hold the key. */
export interface SpeakerView {
  key: string;
  /** Place in the order of first words, from 1: the name until there is one. */
  number: number;
  name: string | null;
  /** The key of the speaker this one turned out to be. */
  mergedInto: string | null;
}

const speakerKey = z.string().regex(/^[A-Za-z0-9-]{1,40}$/);

export const speakerParams = z.object({
  id: z.uuid().refine((id) => id === id.toLowerCase()),
  key: speakerKey,
});

/** Null takes the name away. */
const speakerName = cleanLine(1, maxSpeakerName).nullable();

/** Somebody whom no engine told apart. */
export const addSpeakerInput = z.strictObject({ name: speakerName.default(null) });

/** Most speakers of a video, those of earlier jobs and merged ones too. */
export const maxSpeakers = 200;

export const updateSpeakerInput = z.union([
  z.strictObject({
    name: speakerName,
    /** The name that the person saw; another one by now is refused with both. */
    was: speakerName.optional(),
  }),
  /** Null: not the same person after all. */
  z.strictObject({ mergeInto: speakerKey.nullable() }),
]);
export type UpdateSpeakerInput = z.infer<typeof updateSpeakerInput>;

/** What a refused renaming (`edit_conflict`) carries in `data`. */
export interface SpeakerConflict {
  yours: string | null;
  theirs: string | null;
}

/**
 * The speaker that a key stands for after merging; undefined for a key that no speaker has, such
 * as a name that came with an imported file.
 */
export function rootSpeaker(
  speakers: readonly SpeakerView[],
  key: string,
): SpeakerView | undefined {
  let found = speakers.find((speaker) => speaker.key === key);
  // As many steps as there are speakers: more would be a circle, which no merge makes.
  for (let steps = 0; found?.mergedInto && steps < speakers.length; steps++) {
    const into = found.mergedInto;
    found = speakers.find((speaker) => speaker.key === into) ?? found;
  }
  return found;
}

/** What people call the speaker with this key; `numbered` names those without a name. */
export function speakerNameOf(
  speakers: readonly SpeakerView[],
  key: string,
  numbered: (number: number) => string,
): string {
  const speaker = rootSpeaker(speakers, key);
  if (!speaker) return key;
  return speaker.name ?? numbered(speaker.number);
}
