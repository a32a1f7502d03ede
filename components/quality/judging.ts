import {
  type CueChanges,
  LiveAssessment,
  type LiveRules,
  type LiveSide,
} from "@/lib/subtitles/quality/live";
import { type FindingChanges, FindingTeller } from "./finding-changes";

/** What is posted to the worker. */
export type JudgeRequest =
  | { kind: "rule"; rules: LiveRules }
  | { kind: "change"; side: LiveSide; changes: CueChanges }
  | { kind: "judge"; id: number };

/** What it answers to `judge`: a part of the changes, and whether it is the last. */
export interface JudgeAnswer extends FindingChanges {
  id: number;
  last: boolean;
}

/** Findings in an answer, of each kind: reading one with more would hold up a keystroke. */
const atOnce = 500;

/** The changes in parts. */
export function answersOf(id: number, { put, drop }: FindingChanges): JudgeAnswer[] {
  const parts = Math.max(1, Math.ceil(Math.max(put.length, drop.length) / atOnce));
  return Array.from({ length: parts }, (_, i) => ({
    ...{ id, put: put.slice(i * atOnce, (i + 1) * atOnce) },
    ...{ drop: drop.slice(i * atOnce, (i + 1) * atOnce), last: i === parts - 1 },
  }));
}

/** A track that is judged, and what has been told of it. */
export class Judging extends LiveAssessment {
  readonly #teller = new FindingTeller();

  changes(): FindingChanges {
    return this.#teller.tell(this.findings(), (cueId) => this.cue(cueId));
  }
}
