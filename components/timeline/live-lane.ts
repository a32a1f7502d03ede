import type { Cue } from "@/lib/subtitles/model";
import { CueLane } from "./cue-lane";

/** The cues that a timeline shows, as `TrackDocument` tells of them. */
export interface LaneDocument {
  cues(): readonly Cue[];
  cue(cueId: string): Cue | undefined;
  voices(): readonly Cue[];
}

/** The lane of a document that changes: made anew when it is next asked for. */
export class LiveLane {
  readonly #document: LaneDocument;
  #lane: CueLane;
  #isStale = false;
  /** See `TrackDocument.voices`: of the lane. */
  #voices: readonly Cue[] | undefined;

  constructor(document: LaneDocument) {
    this.#document = document;
    this.#lane = this.#made();
  }

  /** Something is another; answers whether it is only texts. */
  changed(): boolean {
    this.#isStale = true;
    return this.#voices === this.#document.voices();
  }

  /** The cues as they are now. */
  get now(): CueLane {
    if (!this.#isStale) return this.#lane;
    const document = this.#document;
    const voices = document.voices();
    // Typing changes no times: what is known of twenty thousand holds.
    this.#lane = this.#voices === voices ? this.#lane.withTexts(document.cues()) : this.#made();
    this.#voices = voices;
    this.#isStale = false;
    return this.#lane;
  }

  #made(): CueLane {
    const document = this.#document;
    return new CueLane(document.cues(), document.cue.bind(document));
  }
}
