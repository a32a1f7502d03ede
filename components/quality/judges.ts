import type { CueChanges, LiveRules, LiveSide } from "@/lib/subtitles/quality/live";
import { LiveAssessment } from "@/lib/subtitles/quality/live";
import { type FindingChanges, FindingTeller } from "./finding-changes";
import type { QueuedFinding } from "./finding-queue";

/** Somebody who judges a track and is told what changes in it. */
export interface Judge {
  rule(rules: LiveRules): void;
  change(side: LiveSide, changes: CueChanges): void;
  /** What differs from its last answer; from nothing, the first time. */
  judge(): Promise<FindingChanges>;
  end(): void;
}

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

/** Findings in an answer: reading one with more would hold up a keystroke. */
const atOnce = 500;

/** The changes in parts. */
export function answersOf(id: number, { put, drop }: FindingChanges): JudgeAnswer[] {
  const parts = Math.max(1, Math.ceil(put.length / atOnce));
  return Array.from({ length: parts }, (_, i) => ({
    ...{ id, put: put.slice(i * atOnce, (i + 1) * atOnce) },
    ...{ drop: i === 0 ? drop : [], last: i === parts - 1 },
  }));
}

/** A track that is judged, and what has been told of it. */
export class Judging extends LiveAssessment {
  readonly #teller = new FindingTeller();

  changes(): FindingChanges {
    return this.#teller.tell(this.findings(), (cueId) => this.cue(cueId));
  }
}

/** Judges here: in tests, and where a browser has no workers. */
export function judgeHere(rules: LiveRules): Judge {
  const live = new Judging(rules);
  return {
    rule: (next) => live.rule(next),
    change: (side, changes) => live.change(side, changes),
    judge: async () => live.changes(),
    end: () => {},
  };
}

interface Waiting extends PromiseWithResolvers<FindingChanges> {
  put: QueuedFinding[];
  drop: string[];
}

/**
 * Judges in a worker, so that a long track costs the person who types nothing. `judge` rejects when
 * the worker can't be had.
 */
export function judgeInWorker(rules: LiveRules): Judge {
  const worker = new Worker(new URL("./quality-worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, Waiting>();
  let failed: Error | undefined;
  let lastId = 0;
  const post = (request: JudgeRequest) => worker.postMessage(request);
  const fail = (reason: string) => {
    failed = new Error(reason);
    for (const answer of waiting.values()) answer.reject(failed);
    waiting.clear();
  };
  worker.addEventListener("message", ({ data }: MessageEvent<JudgeAnswer>) => {
    const answer = waiting.get(data.id);
    if (!answer) return;
    for (const queued of data.put) answer.put.push(queued);
    answer.drop.push(...data.drop);
    if (!data.last) return;
    answer.resolve({ put: answer.put, drop: answer.drop });
    waiting.delete(data.id);
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    fail(event.message || "the worker can't be loaded");
  });
  worker.addEventListener("messageerror", () => fail("an answer can't be read"));
  post({ kind: "rule", rules });
  return {
    rule: (next) => post({ kind: "rule", rules: next }),
    change: (side, changes) => post({ kind: "change", side, changes }),
    judge: () => {
      if (failed) return Promise.reject(failed);
      const answer = Promise.withResolvers<FindingChanges>();
      lastId += 1;
      waiting.set(lastId, { ...answer, put: [], drop: [] });
      post({ kind: "judge", id: lastId });
      return answer.promise;
    },
    end: () => {
      worker.terminate();
      fail("ended");
    },
  };
}
