import type { Cue } from "@/lib/subtitles/model";
import type { PlainFinding } from "@/lib/subtitles/quality/rule-findings";
import {
  checkTranslation,
  type TranslationFinding,
} from "@/lib/subtitles/quality/translation-checks";
import type { Severity } from "@/lib/subtitles/quality/types";
import type { TermPair } from "@/lib/translation/types";

/** What a translation renders. */
export interface TranslationSource {
  /** BCP 47. */
  language: string;
  cues: readonly Cue[];
  /** Terms that have to be rendered so. */
  glossary?: readonly TermPair[] | undefined;
}

/**
 * `error` is what a viewer would be told wrongly or not at all. The others need somebody who knows
 * both languages: a sentence may well be shorter, and a term be left out.
 */
const severities: Record<TranslationFinding["code"], Severity> = {
  translation_missing: "error",
  translation_untranslated: "error",
  translation_numbers: "error",
  translation_placeholders: "error",
  translation_glossary: "warning",
  translation_length: "warning",
  translation_repeated: "warning",
  translation_stale: "warning",
};

/** What is to be said about a track as a translation of its source as it is now. */
export function translationFindings({
  cues,
  language,
  source,
}: {
  cues: readonly Cue[];
  /** BCP 47, the translation's. */
  language: string;
  source: TranslationSource;
}): PlainFinding[] {
  const found = checkTranslation({
    source: source.cues,
    target: cues,
    sourceLanguage: source.language,
    targetLanguage: language,
    terms: source.glossary,
  });
  return found.map(({ code, cueId, values, ...span }) => {
    const { term } = values;
    const about = cueId ?? String(span.startMs);
    return {
      id: term === undefined ? `${code}:${about}` : `${code}:${about}:${term}`,
      code,
      severity: severities[code],
      ...(cueId !== undefined && { cueId }),
      ...span,
      values: withSide(values),
    };
  });
}

/** Which of two lists has something in it, as sentences can't ask that themselves. */
function withSide(values: PlainFinding["values"]): PlainFinding["values"] {
  const { missing, extra } = values;
  if (missing === undefined && extra === undefined) return values;
  const side = missing && extra ? "both" : missing ? "missing" : "extra";
  return { ...values, side };
}
