import { maxMisheard } from "@/lib/glossary/limits";
import { type GlossaryTermInput, type GlossaryTermView, glossaryText } from "@/lib/glossary/schema";

/** A term as it stands in its form. */
export interface TermFields {
  term: string;
  /** "auto": every language. */
  language: string;
  /** Parted by commas. */
  misheard: string;
  /** The languages in the order in which they were chosen. */
  translations: { code: string; text: string }[];
}

export type TermProblem = "missing" | "tooManyMisheard" | "translationMissing";

export function fieldsOf(term?: GlossaryTermInput): TermFields {
  if (!term) return { term: "", language: "auto", misheard: "", translations: [] };
  return {
    term: term.term,
    language: term.language ?? "auto",
    misheard: term.misheard.join(", "),
    translations: Object.entries(term.translations).map(([code, text]) => ({ code, text })),
  };
}

/** What a form says, or the field that says nothing. */
export function readFields(
  fields: TermFields,
): { term: GlossaryTermInput } | { problem: TermProblem } {
  const text = (value: string) => glossaryText.safeParse(value).data;
  const term = text(fields.term);
  if (term === undefined) return { problem: "missing" };
  const misheard = new Set(fields.misheard.split(/[,、，;|]/).flatMap((each) => text(each) ?? []));
  if (misheard.size > maxMisheard) return { problem: "tooManyMisheard" };
  const translations: Record<string, string> = {};
  for (const each of fields.translations) {
    const translated = text(each.text);
    if (translated === undefined) return { problem: "translationMissing" };
    translations[each.code] = translated;
  }
  const language = fields.language === "auto" ? null : fields.language;
  return { term: { term, language, misheard: [...misheard], translations } };
}

/** Keeps what is written for languages that stay, in the order in which they are chosen. */
export function withLanguages(
  before: TermFields["translations"],
  codes: readonly string[],
): TermFields["translations"] {
  return codes.map((code) => before.find((each) => each.code === code) ?? { code, text: "" });
}

/** The terms in the order of the reader's letters that a search finds. */
export function foundTerms(
  terms: readonly GlossaryTermView[],
  query: string,
  locale: string,
): GlossaryTermView[] {
  const wanted = query.trim().normalize("NFC").toLowerCase();
  const found = wanted === "" ? [...terms] : terms.filter((term) => wordsOf(term).includes(wanted));
  const collator = new Intl.Collator(locale);
  return found.sort((a, b) => collator.compare(a.term, b.term));
}

const wordsOf = ({ term, misheard, translations }: GlossaryTermView) =>
  [term, ...misheard, ...Object.values(translations)].join("\n").toLowerCase();
