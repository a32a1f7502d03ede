import { afterEach, expect, it, vi } from "vitest";
import { ruleProfile } from "@/lib/subtitles/rules";
import { judgeInWorker } from "./judges";
import type { JudgeAnswer, JudgeRequest } from "./judging";

afterEach(() => void vi.unstubAllGlobals());

const drop = Array.from({ length: 300_000 }, (_, i) => `empty:c${i}`);

/** Answers that all of these are gone, and in a second part that one more is. */
class Worker extends EventTarget {
  postMessage(request: JudgeRequest) {
    if (request.kind !== "judge") return;
    const { id } = request;
    const answers: JudgeAnswer[] = [
      { id, put: [], drop, last: false },
      { id, put: [], drop: ["last"], last: true },
    ];
    for (const data of answers) this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

it("puts an answer's parts together, however many there are", async () => {
  vi.stubGlobal("Worker", Worker);
  const judge = judgeInWorker({
    evidence: { speech: [], removed: [], corrections: [], stretches: [], durationMs: 1_000 },
    profile: ruleProfile("ko", { sameLanguage: true }),
    language: "ko",
  });
  expect(await judge.judge()).toEqual({ put: [], drop: [...drop, "last"] });
});
