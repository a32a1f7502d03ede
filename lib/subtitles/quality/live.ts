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

/**
 * What has changed of a track since `known` was brought up to date with it, which this does again.
 * Cues are told apart by their objects.
 */
export function takeChanges(known: Map<string, Cue>, cues: readonly Cue[]): CueChanges {
  const put = cues.filter((cue) => known.get(cue.id) !== cue);
  for (const cue of put) known.set(cue.id, cue);
  if (known.size === cues.length) return { put, drop: [] };
  const now = new Set(cues.map(({ id }) => id));
  const drop = [...known.keys()].filter((id) => !now.has(id));
  for (const id of drop) known.delete(id);
  return { put, drop };
}

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
