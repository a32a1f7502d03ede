import type { WordDoubt } from "@/lib/subtitles/model";

/**
 * A recognised word. Times are integer ms, relative to the audio that was sent, `startMs <= endMs`.
 * The same shape as `Word` of the subtitle model, so that words flow into cues unchanged.
 */
export interface SpeechWord {
  /** Without surrounding space; punctuation that belongs to the word is part of it. */
  text: string;
  startMs: number;
  endMs: number;
  /** 0..1, where the engine tells it. */
  confidence?: number;
  /** The time was not measured by the engine but shared out between its neighbours. */
  interpolated?: boolean;
  /** Whether a space stands before the word in the running text (false inside Japanese or Chinese). */
  spaceBefore?: boolean;
  /** Who says it: the key of a speaker. */
  speaker?: string;
  /** BCP-47, where it differs from the language of most of the speech. */
  language?: string;
  /** Why it may not have been said. */
  doubts?: WordDoubt[];
  /** The chunk it was heard in, from 0. */
  chunk?: number;
  /** Index of the segment of the same result that the word belongs to. */
  segment?: number;
}

/** A stretch of text as the engine decoded it, with the evidence it gives about its own doubt. */
export interface SpeechSegment {
  startMs: number;
  endMs: number;
  text: string;
  /** Mean log probability of the tokens; below -1 the decoder was guessing. */
  avgLogprob?: number;
  /** 0..1: how likely the model holds the window to be without speech. */
  noSpeechProb?: number;
  /** UTF-8 bytes over zlib bytes of the text; above 2.4 it repeats itself. */
  compressionRatio?: number;
  /** Sampling temperature the text was accepted at: 0 at first try, up to 1 after failures. */
  temperature?: number;
}

/** What an engine heard in one chunk. Times are relative to the chunk's start and inside it. */
export interface SpeechResult {
  /** BCP-47 code of `speechLanguages`; absent when the engine names none that we know. */
  language?: string;
  /** Length of the chunk that was sent, in ms. */
  durationMs: number;
  segments: SpeechSegment[];
  /** In order, none overlapping: each starts where its predecessor ends or later. */
  words: SpeechWord[];
}

/** How thoroughly an engine works, where it has a choice. */
export type SpeechQuality = "fast" | "standard" | "best";

/** What an engine can do and what it refuses. Callers branch on this record, never on a name. */
export interface SpeechCapabilities {
  wordTimes: boolean;
  confidence: boolean;
  prompt: boolean;
  /** Which ways of working differ here; always "standard". */
  qualities: readonly SpeechQuality[];
  /**
   * How it tells a language: "probabilities" listens to a window and weighs all languages, at the
   * cost of a second or so; "transcription" recognises the whole window and is paid for it.
   */
  languageDetection: "probabilities" | "transcription";
  /** Largest file it takes, in bytes. */
  maxBytes: number;
  /** Longest audio it takes in one request, in ms. */
  maxDurationMs: number;
  /** The length of chunk that suits it, in ms; cuts fall on silences near it. */
  chunkTargetMs: number;
  /** No chunk may be longer, in ms. */
  chunkMaxMs: number;
  /** How many requests it takes at the same time. */
  parallelChunks: number;
  /** File name endings it takes, without the dot. */
  formats: string[];
  /** What chunks are made as: "flac" is half the size, for the way to a service; "wav" is at once. */
  chunkFormat: "flac" | "wav";
}

export interface TranscribeOptions {
  /** Audio file on this machine; its ending is one of `capabilities.formats`. */
  path: string;
  /** Length of that audio in ms; times are clamped to it. */
  durationMs: number;
  /** BCP-47 code of `speechLanguages`; without it the engine detects the language. */
  language?: string;
  /** Words to expect; only used where `capabilities.prompt` says so. */
  prompt?: string;
  /** Default: standard. One that `capabilities.qualities` doesn't name counts as standard. */
  quality?: SpeechQuality;
  signal?: AbortSignal;
}

export interface DetectLanguageOptions {
  /** Audio file as for `transcribe`; at most its first 30 s are looked at. */
  path: string;
  durationMs: number;
  /** BCP-47 codes of `speechLanguages` that it may be; absent or empty: any. */
  allowed?: readonly string[];
  signal?: AbortSignal;
}

/** Which language a stretch of speech is in. */
export interface HeardLanguage {
  /** BCP-47; absent when the engine names none, or none of those allowed. */
  language?: string;
  /** Among the languages allowed, 0..1; absent where the engine doesn't weigh them. */
  probability?: number;
}

export type SpeechCheck = { ok: true; model: string } | { ok: false; reason: string };

/** One recogniser of speech, whatever stands behind it. */
export interface SpeechEngine {
  readonly id: "openai" | "local";
  readonly model: string;
  readonly capabilities: SpeechCapabilities;
  /**
   * Recognises one chunk. Waits its turn when `parallelChunks` are under way.
   * @throws {AppError} speech_unauthorized, speech_quota_exceeded, speech_rate_limited (with
   *   `retryAfterMs`), speech_rejected, speech_failed, speech_bad_answer; the signal's reason
   *   when aborted.
   */
  transcribe(options: TranscribeOptions): Promise<SpeechResult>;
  /**
   * Which language a window of speech is in.
   * @throws {AppError} as `transcribe`
   */
  detectLanguage(options: DetectLanguageOptions): Promise<HeardLanguage>;
  /** Asks the service whether it is there and takes our key; recognises nothing, costs nothing. */
  check(): Promise<SpeechCheck>;
}

/** What health and the upload page show. */
export interface SpeechStatus {
  available: boolean;
  engine?: "openai" | "local";
  model?: string;
  /** Why there is none and what to do about it, for the operator; plain English. */
  problem?: string;
}
