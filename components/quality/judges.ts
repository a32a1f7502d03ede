import type { CueChanges, LiveRules, LiveSide } from "@/lib/subtitles/quality/live";
import type { FindingChanges } from "./finding-changes";
import type { QueuedFinding } from "./finding-queue";
import { type JudgeAnswer, type JudgeRequest, Judging } from "./judging";

/** Somebody who judges a track and is told what changes in it. */
export interface Judge {
  rule(rules: LiveRules): void;
  change(side: LiveSide, changes: CueChanges): void;
  /** What differs from its last answer; from nothing, the first time. */
  judge(): Promise<FindingChanges>;
  end(): void;
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
    for (const id of data.drop) answer.drop.push(id);
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
