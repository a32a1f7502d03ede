import type { SpeechEngine } from "@/lib/speech";
import type { Sample } from "../speech/samples";
import type { Recogniser } from "./recognition";

/** A recording whose language is known. */
export interface SpokenSample extends Sample {
  language: string;
}

/** What a part works with. The engine is opened when it is first asked for. */
export interface Bench {
  engine(): Promise<SpeechEngine>;
  recogniser(): Promise<Recogniser>;
  /** Real speech that this machine has; may be empty. */
  samples: readonly SpokenSample[];
  /** For files of the moment. */
  workFolder: string;
}

/** One figure and what it should be. */
export interface Figure {
  what: string;
  value: string;
  target: string;
  met: boolean;
}

/** A part of the bench: prints its tables and answers the figures that have a target. */
export interface Part {
  name: string;
  run(bench: Bench): Promise<Figure[]>;
}
