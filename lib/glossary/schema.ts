import { z } from "zod";
import { speechLanguages } from "@/lib/speech/languages";
import { maxImported, maxMisheard, maxTermLength, maxTermTranslations } from "./limits";
import { cleanTerm } from "./term-text";

/** A name or a term, see `cleanTerm`. */
export const glossaryText = z
  .string()
  .transform(cleanTerm)
  .pipe(z.string().min(1).max(maxTermLength));

const languageCode = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const spoken = new Set(speechLanguages.map(({ code }) => code));
const spokenLanguage = z.string().refine((code) => spoken.has(code), {
  error: "Use one of the recognised language codes.",
});

const shape = {
  /** As it is to be written. */
  term: glossaryText,
  /** The language it is said in; null: whichever. */
  language: spokenLanguage.nullable(),
  /** What recognition makes of it; each is replaced where it stands as a whole word. */
  misheard: z
    .array(glossaryText)
    .max(maxMisheard)
    .transform((list) => [...new Set(list)]),
  /** How it is to be translated, by language. */
  translations: z
    .record(languageCode, glossaryText)
    .refine((record) => Object.keys(record).length <= maxTermTranslations),
};

/** A name or a term as a person gives it. */
export const glossaryTermInput = z.object({
  ...shape,
  language: shape.language.default(null),
  misheard: shape.misheard.default([]),
  translations: shape.translations.default({}),
});
export type GlossaryTermInput = z.infer<typeof glossaryTermInput>;

/** Changes what is given and leaves the rest. */
export const glossaryTermChange = z.object(shape).partial();
export type GlossaryTermChange = z.infer<typeof glossaryTermChange>;

/** A list that is put into the glossary: terms that are there already are changed. */
export const glossaryImport = z.object({
  terms: z.array(glossaryTermInput).min(1).max(maxImported),
});

export interface GlossaryTermView extends GlossaryTermInput {
  id: string;
  /** ISO 8601. */
  updatedAt: string;
}

/** What a list changed. */
export interface GlossaryImported {
  added: number;
  changed: number;
  /** There already, exactly so. */
  unchanged: number;
}

/** Two terms of one key are the same term: as written, in the language it is said in. */
export function termKey({ term, language }: Pick<GlossaryTermInput, "term" | "language">): string {
  return `${language ?? ""}\n${term}`;
}

/** Whether two terms of one key say the same. */
export function sameTerm(before: GlossaryTermInput, after: GlossaryTermInput): boolean {
  const plain = ({ misheard, translations }: GlossaryTermInput) =>
    JSON.stringify([misheard, Object.entries(translations).sort()]);
  return plain(before) === plain(after);
}

/** What a list would change in a glossary. */
export function previewImport(
  list: readonly GlossaryTermInput[],
  there: readonly GlossaryTermInput[],
): GlossaryImported {
  const known = new Map(there.map((term) => [termKey(term), term]));
  const sum: GlossaryImported = { added: 0, changed: 0, unchanged: 0 };
  for (const term of list) {
    const before = known.get(termKey(term));
    sum[!before ? "added" : sameTerm(before, term) ? "unchanged" : "changed"] += 1;
  }
  return sum;
}
