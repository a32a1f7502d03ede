import type { TermPair } from "@/lib/translation/types";
import type { GlossaryTermInput } from "./schema";

/** What is misheard, and what it is. */
export interface Correction {
  heard: string;
  correct: string;
}

/** What a job needs of the glossary and of its own list, as it was when the job was made. */
export interface JobTerms {
  /** Names and terms to listen for, the job's own first. */
  hints: string[];
  /** The job's own first: of two for the same word the first one holds. */
  corrections: Correction[];
  /** How terms are to be translated, by target language. */
  pairs: Record<string, TermPair[]>;
}

interface JobTermsOptions {
  glossary: readonly GlossaryTermInput[];
  hints: readonly string[];
  corrections: readonly Correction[];
  targets: readonly string[];
  /** The spoken language, or "auto". */
  language: string;
}

const primary = (code: string) => code.toLowerCase().split("-")[0] ?? "";

/** What a glossary and a job's own list come to for one job. */
export function jobTerms(options: JobTermsOptions): JobTerms {
  const { hints, corrections, targets, language } = options;
  const terms = options.glossary.filter((each) => isSaidIn(each, language));
  const heard = new Map<string, Correction>();
  const known = terms.flatMap(({ term, misheard }) =>
    misheard.map((each): Correction => ({ heard: each, correct: term })),
  );
  for (const each of [...corrections, ...known]) {
    // A word that is right somewhere else in the list would be "corrected" back and forth.
    if (each.heard !== each.correct && !heard.has(each.heard)) heard.set(each.heard, each);
  }
  return {
    hints: [...new Set([...hints, ...terms.map(({ term }) => term)])],
    corrections: [...heard.values()],
    pairs: Object.fromEntries(targets.map((target) => [target, pairsOf(terms, target)])),
  };
}

/** With a language still to be found, every term may be said. */
function isSaidIn(term: GlossaryTermInput, language: string): boolean {
  if (term.language === null || language === "auto") return true;
  return primary(term.language) === primary(language);
}

function pairsOf(terms: readonly GlossaryTermInput[], target: string): TermPair[] {
  const pairs = new Map<string, TermPair>();
  for (const { term, translations } of terms) {
    const translated = translationFor(translations, target);
    if (translated !== undefined && !pairs.has(term)) {
      pairs.set(term, { source: term, target: translated });
    }
  }
  return [...pairs.values()];
}

/**
 * How a term is written in a language: the entry of exactly this language, else of the language
 * without its country or script, else of another kind of it.
 */
export function translationFor(
  translations: Readonly<Record<string, string>>,
  target: string,
): string | undefined {
  const entries = Object.entries(translations);
  const wanted = target.toLowerCase();
  const language = primary(target);
  const found =
    entries.find(([code]) => code.toLowerCase() === wanted) ??
    entries.find(([code]) => code.toLowerCase() === language) ??
    entries.find(([code]) => primary(code) === language);
  return found?.[1];
}
