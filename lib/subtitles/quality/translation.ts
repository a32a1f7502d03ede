import type { Cue } from "@/lib/subtitles/model";
import { findingOn, type PlainFinding } from "@/lib/subtitles/quality/rule-findings";
import type { TermPair } from "@/lib/translation/types";

/** What a translation renders. */
export interface TranslationSource {
  /** BCP 47. */
  language: string;
  cues: readonly Cue[];
  /** Terms that have to be rendered so. */
  glossary?: readonly TermPair[] | undefined;
}

/** What is to be said about a track as a translation of its source as it is now. */
export function translationFindings({
  cues,
  source,
}: {
  cues: readonly Cue[];
  /** BCP 47, the translation's. */
  language: string;
  source: TranslationSource;
}): PlainFinding[] {
  return staleFindings(cues, source.cues);
}

/** Cues whose source says something else by now, or is gone. */
function staleFindings(cues: readonly Cue[], source: readonly Cue[]): PlainFinding[] {
  const texts = new Map(source.map(({ id, text }) => [id, oneLine(text)]));
  return cues
    .filter(({ provenance }) => {
      const rendered = provenance?.translation;
      return rendered && texts.get(rendered.sourceCueId) !== oneLine(rendered.sourceText);
    })
    .map((cue) => findingOn(cue, "translation_stale", "warning", {}));
}

/** Line breaks are no part of the sense. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
