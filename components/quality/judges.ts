import type { CueChanges, LiveRules, LiveSide } from "@/lib/subtitles/quality/live";
import { LiveAssessment } from "@/lib/subtitles/quality/live";
import type { Finding } from "@/lib/subtitles/quality/types";

/** Somebody who judges a track and is told what changes in it. */
export interface Judge {
  rule(rules: LiveRules): void;
  change(side: LiveSide, changes: CueChanges): void;
  judge(): Promise<readonly Finding[]>;
  end(): void;
}

/** What is posted to the worker. */
export type JudgeRequest =
  | { kind: "rule"; rules: LiveRules }
  | { kind: "change"; side: LiveSide; changes: CueChanges }
  | { kind: "judge"; id: number };

/** What it answers to `judge`. */
export interface JudgeAnswer {
  id: number;
  findings: readonly Finding[];
}

/** Judges here: in tests, and where a browser has no workers. */
export function judgeHere(rules: LiveRules): Judge {
  const live = new LiveAssessment(rules);
  return {
    rule: (next) => live.rule(next),
    change: (side, changes) => live.change(side, changes),
    judge: async () => live.findings(),
    end: () => {},
  };
}

/**
 * Judges in a worker, so that a long track costs the person who types nothing. `judge` rejects when
 * the worker can't be had.
 */
export function judgeInWorker(rules: LiveRules): Judge {
  const worker = new Worker(new URL("./quality-worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, PromiseWithResolvers<readonly Finding[]>>();
  let failed: Error | undefined;
  let lastId = 0;
  const post = (request: JudgeRequest) => worker.postMessage(request);
  const fail = (reason: string) => {
    failed = new Error(reason);
    for (const answer of waiting.values()) answer.reject(failed);
    waiting.clear();
  };
  worker.addEventListener("message", ({ data }: MessageEvent<JudgeAnswer>) => {
    waiting.get(data.id)?.resolve(data.findings);
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
      const answer = Promise.withResolvers<readonly Finding[]>();
      lastId += 1;
      waiting.set(lastId, answer);
      post({ kind: "judge", id: lastId });
      return answer.promise;
    },
    end: () => {
      worker.terminate();
      fail("ended");
    },
  };
}
