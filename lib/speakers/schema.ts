import { z } from "zod";
import { cleanLine } from "@/lib/text";
import { maxSpeakerName } from "./limits";

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
