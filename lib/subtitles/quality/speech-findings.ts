import { plainText } from "@/lib/subtitles/markup";
import { type Cue, primaryLanguage, type Word } from "@/lib/subtitles/model";
import { coverageFindings } from "@/lib/subtitles/quality/coverage";
import { findingOn, type PlainFinding } from "@/lib/subtitles/quality/rule-findings";
import type { QualityReport, RemovedText, TrackEvidence } from "@/lib/subtitles/quality/types";

/** A word that its engine holds to be wrong rather than right. */
const unsure = 0.5;
/** Among many sure words a single one this doubtful is still worth a look: a name, a term. */
const verySure = 0.25;
/** Of a text that was brought: fewer of its words found than this, and its time is a guess. */
const matchedWell = 0.6;
/** So many words are named in a finding. */
const namedWords = 5;

/** What a track says about what was heard. */
export interface SpeechAssessment
  extends Pick<QualityReport, "confidence" | "coverage" | "inventions"> {
  findings: PlainFinding[];
}

/** Holds cues against what was detected, removed and doubted. */
export function speechFindings(
  cues: readonly Cue[],
  evidence: TrackEvidence,
  language: string,
): SpeechAssessment {
  const words = wordFindings(cues);
  const removed = removedFindings(cues, evidence.removed);
  const covered = coverageFindings(cues, evidence);
  const { confidence } = words;
  return {
    findings: [
      ...words.findings,
      ...removed,
      ...covered.findings,
      ...languageFindings(cues, evidence, language),
    ],
    ...(confidence && { confidence }),
    ...(covered.coverage && { coverage: covered.coverage }),
    inventions: { suspected: words.suspected, removed: removed.length },
  };
}

const compact = (text: string) => text.replace(/\s+/g, "");

/** The words of a cue that its text still has: what a person has written over says nothing. */
export function presentWords(cue: Cue): readonly Word[] {
  const { words } = cue;
  if (!words || words.length === 0) return [];
  const text = compact(plainText(cue.text));
  if (text === compact(words.map((word) => word.text).join(""))) return words;
  return words.filter((word) => text.includes(compact(word.text)));
}

interface WordFindings {
  findings: PlainFinding[];
  confidence: QualityReport["confidence"];
  suspected: number;
}

function wordFindings(cues: readonly Cue[]): WordFindings {
  const findings: PlainFinding[] = [];
  let [sum, rated, low, suspected] = [0, 0, 0, 0];
  for (const cue of cues) {
    const words = presentWords(cue);
    for (const { confidence } of words) {
      if (confidence === undefined) continue;
      sum += confidence;
      rated += 1;
      if (confidence < unsure) low += 1;
    }
    const doubtful = words.filter((word) => word.doubts && word.doubts.length > 0);
    suspected += doubtful.length;
    findings.push(...lowFinding(cue, words), ...inventionFinding(cue, doubtful));
    findings.push(...estimateFinding(cue, words), ...matchFinding(cue));
  }
  const confidence = rated === 0 ? undefined : { mean: sum / rated, low, words: rated };
  return { findings, confidence, suspected };
}

function lowFinding(cue: Cue, words: readonly Word[]): PlainFinding[] {
  const rated = words.filter(({ confidence }) => confidence !== undefined);
  if (rated.length === 0) return [];
  const of = ({ confidence = 1 }: Word) => confidence;
  const mean = rated.reduce((total, word) => total + of(word), 0) / rated.length;
  const low = rated.filter((word) => of(word) < (mean < unsure ? unsure : verySure));
  if (low.length === 0) return [];
  const values = { words: named(low), percent: Math.round(mean * 100) };
  return [findingOn(cue, "low_confidence", mean < unsure ? "warning" : "info", values)];
}

function inventionFinding(cue: Cue, doubtful: readonly Word[]): PlainFinding[] {
  const doubt = doubtful[0]?.doubts?.[0];
  if (doubt === undefined) return [];
  const values = { words: named(doubtful), doubt };
  return [findingOn(cue, "suspected_invention", "warning", values)];
}

/** Only where it moves the cue: its first or last word. */
function estimateFinding(cue: Cue, words: readonly Word[]): PlainFinding[] {
  const edges = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const estimated = edges.filter((word) => word?.interpolated === true).filter((word) => !!word);
  if (estimated.length === 0) return [];
  return [findingOn(cue, "estimated_time", "info", { words: named(estimated) })];
}

function matchFinding(cue: Cue): PlainFinding[] {
  const { provenance } = cue;
  if (provenance?.origin !== "alignment") return [];
  const { matched = 1 } = provenance;
  if (matched >= matchedWell) return [];
  const values = { percent: Math.round(matched * 100) };
  return [findingOn(cue, "unmatched_text", matched === 0 ? "error" : "warning", values)];
}

function named(words: readonly Word[]): string {
  const shown = words.slice(0, namedWords).map((word) => word.text);
  return shown.join(", ") + (words.length > namedWords ? " …" : "");
}

const restoredPrefix = "restored-";

/** The id of the cue that brings a removed text back. */
export function restoredId(removed: RemovedText): string {
  return `${restoredPrefix}${removed.id}`.slice(0, 64);
}

/** Whether a cue is, or was cut from, one that brings a removed text back. */
export function isRestored({ id }: Pick<Cue, "id">): boolean {
  return id.startsWith(restoredPrefix);
}

function removedFindings(cues: readonly Cue[], removed: readonly RemovedText[]): PlainFinding[] {
  const ids = new Set(removed.length === 0 ? [] : cues.map(({ id }) => id));
  return removed
    .filter((text) => isMissing(text, cues, ids))
    .map(({ id, startMs, endMs, text, doubts }) => {
      const values = { text, doubt: doubts[0] ?? "guess" };
      return {
        id: `removed_text:${id}`,
        code: "removed_text",
        severity: "info",
        startMs,
        endMs,
        values,
      };
    });
}

/** Whether a removed text is in none of the cues, whose ids are `ids`. */
export function isMissing(
  removed: RemovedText,
  cues: readonly Cue[],
  ids: ReadonlySet<string>,
): boolean {
  return !ids.has(restoredId(removed)) && !isThere(cues, removed);
}

/** Whether somebody has written the text where it was removed. */
function isThere(cues: readonly Cue[], { startMs, endMs, text }: RemovedText): boolean {
  const wanted = compact(text);
  const near = cues
    .filter((cue) => cue.startMs < endMs + 1_000 && cue.endMs > startMs - 1_000)
    // Loops are removed piece by piece: one that is back says nothing about the next.
    .filter((cue) => !isRestored(cue))
    .map((cue) => plainText(cue.text));
  return compact(near.join("")).includes(wanted);
}

function languageFindings(
  cues: readonly Cue[],
  { stretches }: TrackEvidence,
  language: string,
): PlainFinding[] {
  const own = primaryLanguage(language);
  const other = stretches.filter((stretch) => primaryLanguage(stretch.language) !== own);
  const told = (cue: Cue) => other.some((s) => cue.startMs < s.endMs && cue.endMs > s.startMs);
  const alone = cues.filter(
    (cue) => cue.language !== undefined && primaryLanguage(cue.language) !== own && !told(cue),
  );
  return [
    ...other.map((stretch): PlainFinding => {
      const { startMs, endMs } = stretch;
      const first = cues.find((cue) => cue.startMs < endMs && cue.endMs > startMs);
      return {
        id: `other_language:${startMs}`,
        code: "other_language",
        severity: "info",
        ...(first && { cueId: first.id }),
        startMs,
        endMs,
        values: { language: stretch.language },
      };
    }),
    ...alone.map((cue) =>
      findingOn(cue, "other_language", "info", { language: cue.language ?? "" }),
    ),
  ];
}
