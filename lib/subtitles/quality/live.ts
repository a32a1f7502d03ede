import type { Cue } from "@/lib/subtitles/model";
import { assessTrack } from "@/lib/subtitles/quality/assess";
import type { Finding, TrackEvidence } from "@/lib/subtitles/quality/types";
import type { RuleProfile } from "@/lib/subtitles/rules";

/** What cues are judged by. */
export interface LiveRules {
  evidence: TrackEvidence;
  profile: RuleProfile;
  /** BCP 47, the track's. */
  language: string;
  /** Of a translation: the language that it renders. */
  sourceLanguage?: string;
}

/** Which cues are others now. Plain data, to be posted to a worker. */
export interface CueChanges {
  put: readonly Cue[];
  drop: readonly string[];
}

/** One of the tracks that are followed: the one that is judged, or what it translates. */
export type LiveSide = "target" | "source";

/** What differs between two readings of a track, by the identity of its cues. */
export function changesBetween(
  before: ReadonlyMap<string, Cue>,
  cues: readonly Cue[],
): CueChanges & { now: ReadonlyMap<string, Cue> } {
  const now = new Map(cues.map((cue) => [cue.id, cue]));
  const put = cues.filter((cue) => before.get(cue.id) !== cue);
  const drop = now.size - put.length === before.size ? [] : idsOf(before).filter(isGone);
  return { put, drop, now };

  function isGone(id: string): boolean {
    return !now.has(id);
  }
}

const idsOf = (cues: ReadonlyMap<string, Cue>) => [...cues.keys()];

/**
 * Judges a track that is being edited. It is told of each change and not of the whole track, so
 * that it can live in a worker and a keystroke costs what it changed.
 */
export class LiveAssessment {
  #rules: LiveRules;
  readonly #cues: Record<LiveSide, Map<string, Cue>> = { target: new Map(), source: new Map() };

  constructor(rules: LiveRules) {
    this.#rules = rules;
  }

  rule(rules: LiveRules): void {
    this.#rules = rules;
  }

  change(side: LiveSide, { put, drop }: CueChanges): void {
    const cues = this.#cues[side];
    for (const id of drop) cues.delete(id);
    for (const cue of put) cues.set(cue.id, cue);
  }

  /** A cue of the track that is judged. */
  cue(id: string): Cue | undefined {
    return this.#cues.target.get(id);
  }

  /** In the order of the video. */
  findings(): Finding[] {
    const { sourceLanguage, ...rules } = this.#rules;
    const { target, source } = this.#cues;
    const { findings } = assessTrack({
      ...rules,
      cues: [...target.values()],
      ...(sourceLanguage !== undefined && {
        source: { language: sourceLanguage, cues: [...source.values()] },
      }),
    });
    return findings;
  }
}
