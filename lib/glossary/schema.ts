import { z } from "zod";
import { cleanLine } from "@/lib/text";

/** Most terms of one person; a prompt and a translation can't use more. */
export const maxTerms = 2_000;
/** Longest term, in UTF-16 units. */
export const maxTermLength = 100;

const term = cleanLine(1, maxTermLength);
const languageCode = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

/** A name or a term as a person gives it. */
export const glossaryTermInput = z.object({
  /** As it is to be written. */
  term,
  /** The language it is said in; null: any. */
  language: languageCode.nullable().default(null),
  /** What recognition makes of it; each is replaced where it stands as a whole word. */
  misheard: z.array(term).max(20).default([]),
  /** How it is to be translated, by language. */
  translations: z.record(languageCode, term).default({}),
});
export type GlossaryTermInput = z.infer<typeof glossaryTermInput>;

export interface GlossaryTermView extends GlossaryTermInput {
  id: string;
  updatedAt: string;
}
