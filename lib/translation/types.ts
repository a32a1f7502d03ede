import type { TranslationWay } from "@/lib/subtitles/model";

/** What a translation engine can do and what it refuses. */
export interface TranslationCapabilities {
  /** Codes of ours (BCP 47) that it translates into, and from; empty: it has no list, any. */
  targets: readonly string[];
  sources: readonly string[];
  /** Targets in which it can be told how to address people. */
  formality: readonly string[];
  glossary: boolean;
  context: boolean;
}

export type Formality = "default" | "polite" | "plain";

/** How a term is to be rendered, both as written. */
export interface TermPair {
  source: string;
  target: string;
}

/** One cue to translate. */
export interface SourceCue {
  id: string;
  startMs: number;
  endMs: number;
  /** As `Cue.text`; line breaks are not part of the sense. */
  text: string;
  speaker?: string | undefined;
}

/** Cues that belong together: sentences of one scene, translated in one piece. */
export interface Scene {
  cues: SourceCue[];
}

/** Some scenes that are sent, stored and counted together; the unit of a retry. */
export interface TranslationBatchPlan {
  index: number;
  cueIds: string[];
}

export interface TranslatedCue {
  /** Of the source's cue. */
  cueId: string;
  /** Without line breaks: those come with the target's rules. Light markup as in `Cue.text`. */
  text: string;
  engine: "deepl" | "chat";
  model: string;
  way: TranslationWay;
  /** Glossary terms that the source has. */
  terms?: string[];
}

export interface TranslatedBatch {
  cues: TranslatedCue[];
  /** Characters (code points) that the engine charges for, or 0. */
  billedCharacters: number;
  /** Requests it took. */
  requests: number;
}

/** What capabilities and the order show. */
export interface TranslationStatus {
  available: boolean;
  engines: { id: "deepl" | "chat"; model: string }[];
  /** Why there is none and what to do about it, for the operator; plain English. */
  problem?: string;
  targets: TargetLanguage[];
}

/** A language that can be ordered. */
export interface TargetLanguage {
  /** BCP 47: "ko", "en", "en-GB", "pt-BR", "zh-Hans" ... */
  code: string;
  engine: "deepl" | "chat";
  formality: boolean;
}
