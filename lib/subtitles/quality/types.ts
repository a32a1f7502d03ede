import type { TranslationWay, WordDoubt } from "@/lib/subtitles/model";
import type { TermPair } from "@/lib/translation/types";

/** A stretch of time: from startMs up to, not including, endMs; integer ms. */
interface Span {
  startMs: number;
  endMs: number;
}

/** Text that two signals agreed was never said. Kept here, with what is needed to bring it back. */
export interface RemovedText extends Span {
  /** Unique in the evidence. */
  id: string;
  text: string;
  doubts: WordDoubt[];
  speaker?: string;
}

/** A correction of the glossary that was applied to what was heard. */
export interface AppliedCorrection {
  heard: string;
  correct: string;
  count: number;
}

/** What a track was made from: stored with the version, so that any later edit can be judged by it. */
export interface TrackEvidence {
  /** Where the voice detector hears somebody, in order. */
  speech: Span[];
  removed: RemovedText[];
  corrections: AppliedCorrection[];
  /** Languages other than the track's own, and where. */
  stretches: (Span & { language: string })[];
  /** Length of the video in ms. */
  durationMs: number;
  /** Frames a second, where known. */
  fps?: number;
  /** Where shots change, in ms. */
  shotChanges?: number[];
  /**
   * Of a translation: its source's language, how many of its cues came back each way, and the terms
   * it was told of.
   */
  translation?: {
    sourceLanguage: string;
    ways: Partial<Record<TranslationWay, number>>;
    glossary?: TermPair[];
  };
}

/** The rules of a profile that a cue keeps or breaks. */
export const ruleNames = [
  "line_width",
  "line_count",
  "reading_speed",
  "min_duration",
  "max_duration",
  "gap",
  "overlap",
] as const;
export type RuleName = (typeof ruleNames)[number];

export const findingCodes = [
  ...ruleNames,
  "empty",
  "uncovered_speech",
  "low_confidence",
  "suspected_invention",
  "removed_text",
  "estimated_time",
  "unmatched_text",
  "other_language",
  "translation_missing",
  "translation_untranslated",
  "translation_numbers",
  "translation_placeholders",
  "translation_glossary",
  "translation_length",
  "translation_repeated",
  "translation_stale",
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** `error`: not fit to publish; `warning`: look at it; `info`: good to know. */
export type Severity = "error" | "warning" | "info";

/** Repairs that are safe: they change form or times, never sense; or bring back what was removed. */
export const repairKinds = [
  "break_lines",
  "extend",
  "shorten",
  "separate",
  "split",
  "merge",
  "remove_empty",
  "restore",
] as const;
export type RepairKind = (typeof repairKinds)[number];

export interface Finding extends Span {
  /** Stable while the cue and what is found stay the same: `<code>:<cue or evidence id>`. */
  id: string;
  code: FindingCode;
  severity: Severity;
  /** Absent where no cue is concerned: speech without subtitles, text that was removed. */
  cueId?: string;
  /** Numbers and words of the sentence about it: {"speed": 18.4, "limit": 14}. */
  values: Record<string, string | number>;
  repair?: RepairKind;
}

export interface RuleShare {
  rule: RuleName;
  /** Cues that keep it, of all. */
  kept: number;
  total: number;
}

/** How good a track is, worked out from its cues and its evidence. Plain data, stored as JSON. */
export interface QualityReport {
  /** Of this shape. */
  version: 1;
  language: string;
  /** Id of the rules judged by. */
  profileId: string;
  cues: number;
  rules: RuleShare[];
  /** Cues that have text and keep every rule, 0..1; 1 for a track without cues. */
  rulesKept: number;
  /** Of recognised words; absent where the engine tells none. */
  confidence?: { mean: number; low: number; words: number };
  /** Detected speech, and how much of it has a cue; absent for translations. */
  coverage?: { speechMs: number; coveredMs: number };
  /** Words kept with a doubt, and texts removed. */
  inventions: { suspected: number; removed: number };
  /** By code and severity. */
  counts: Partial<Record<FindingCode, number>>;
  severities: Record<Severity, number>;
  findings: Finding[];
}
