/** A stretch in which one person speaks; turns may overlap. Integer ms. */
export interface SpeakerTurn {
  startMs: number;
  endMs: number;
  /** The same for the same voice over the whole video: "1", "2" ... in the order of first words. */
  speaker: string;
}

/** Ways to tell speakers apart. */
export const speakerEngineIds = ["sherpa", "openai", "channels"] as const;
export type SpeakerEngineId = (typeof speakerEngineIds)[number];

export interface DiarizeOptions {
  /** 16 kHz mono WAV of the whole video. */
  path: string;
  /** The video's first audio stream as it is, for what needs its channels. */
  originalPath: string;
  durationMs: number;
  /** Where somebody speaks. */
  speech: readonly { startMs: number; endMs: number }[];
  /** How many people speak, where the person knows, 1..20. */
  speakers?: number | undefined;
  /** 0..1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal | undefined;
}

/** One way to tell speakers apart, whatever stands behind it. */
export interface SpeakerEngine {
  readonly id: SpeakerEngineId;
  readonly model: string;
  /**
   * Finds who speaks when, in order of time.
   * @throws {AppError} speakers_failed (retryable), speakers_unavailable, and what a service refuses
   */
  diarize(options: DiarizeOptions): Promise<SpeakerTurn[]>;
}

/** What capabilities and the order show; `channels` depends on the video as well. */
export interface SpeakerEngineStatus {
  id: SpeakerEngineId;
  available: boolean;
  model?: string;
  /** Why not, and what to do about it; a key of the messages. */
  reason?: "no_models" | "no_key" | "mono";
}
