import type { TranslationWay } from "@/lib/subtitles/model";

/** What a translation engine can do and what it refuses. */
export interface TranslationCapabilities {
  /** Codes of ours (BCP 47) that it translates into, and from; empty: it has no list, any. */
  targets: readonly string[];
  sources: readonly string[];
  /** Targets in which it can be told how to address people. */
  formality: readonly string[];
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
  /** Glossary terms that the source has, as written in the glossary. */
  terms?: string[];
  /** The second engine made it shorter, because there was no time to read it whole. */
  shortened?: true;
}

export interface TranslatedBatch {
  cues: TranslatedCue[];
  /** Characters (code points) that the engine charges for, or 0. */
  billedCharacters: number;
  /** Requests it took, refused ones included. */
  requests: number;
}

/** What capabilities and the order show. */
export interface TranslationStatus {
  available: boolean;
  engines: { id: "deepl" | "chat"; model: string }[];
  /** Why there is none and what to do about it, for the operator; plain English. */
  problem?: string;
  /** Spoken languages that some engine translates from; empty: any. See `translatesFrom`. */
  sources: readonly string[];
  targets: TargetLanguage[];
}

/** A language that can be ordered. */
export interface TargetLanguage {
  /** BCP 47: "ko", "en", "en-GB", "pt-BR", "zh-Hans" ... */
  code: string;
  /** The engine that is asked first, for a spoken language that it knows. */
  engine: "deepl" | "chat";
  /** Whether an engine can be told how to address people. */
  formality: boolean;
}

/** Cues that are translated in one piece, in order, none without words. */
export interface Piece {
  cues: readonly SourceCue[];
  /** What is said before and after, in the source's language; not translated. */
  before: string;
  after: string;
}

/** One cue of an engine's reply, as it came: which cue it claims to be is still to be judged. */
export interface RepliedCue {
  /** Index of the cue in the piece; -1 for one that isn't in it. */
  index: number;
  /** Light markup, one line, trimmed. */
  text: string;
}

export interface PieceReply {
  cues: RepliedCue[];
  /** Words stood outside every cue, so some cue has lost them. */
  stray: boolean;
  /** The engine won't translate this. */
  refused?: boolean;
}

export interface TranslateOptions {
  piece: Piece;
  source: string;
  target: string;
  formality: Formality;
  terms: readonly TermPair[];
  signal?: AbortSignal | undefined;
}

export interface TranslateResult {
  reply: PieceReply;
  billedCharacters: number;
  requests: number;
}

/** One translator, whatever stands behind it. */
export interface TranslationEngine {
  readonly id: "deepl" | "chat";
  readonly model: string;
  /** What it can do, from its own lists where it has them; asked rarely. */
  capabilities(): Promise<TranslationCapabilities>;
  /**
   * Translates one piece. Waits its turn when enough requests are under way.
   * @throws {AppError} translation_unauthorized, translation_quota_exceeded,
   *   translation_rate_limited, translation_rejected, translation_failed; the signal's reason when
   *   aborted.
   */
  translate(options: TranslateOptions): Promise<TranslateResult>;
  /** Characters that it may still translate in this period; undefined: no limit, or unknown. */
  remainingCharacters(): Promise<number | undefined>;
  /** Makes texts shorter without changing what they say; absent where the engine can't. */
  shorten?(options: ShortenOptions): Promise<ShortenResult>;
}

/** A text that is too long to be read in its time. */
export interface LongText {
  text: string;
  /** What it renders. */
  sourceText: string;
  /** Most characters, as a viewer sees them. */
  maxCharacters: number;
}

export interface ShortenOptions {
  texts: readonly LongText[];
  source: string;
  target: string;
  formality: Formality;
  terms: readonly TermPair[];
  signal?: AbortSignal | undefined;
}

export interface ShortenResult {
  /** In the order of the texts; undefined where it found none. */
  texts: (string | undefined)[];
  requests: number;
}
