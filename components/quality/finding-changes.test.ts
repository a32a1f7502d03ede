import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ruleProfile } from "@/lib/subtitles/rules";
import { changeFindings, FindingTeller } from "./finding-changes";
import { orderFindings, type QueuedFinding } from "./finding-queue";
import { answersOf, Judging } from "./judging";

const finding = fc
  .record({
    n: fc.integer({ min: 0, max: 9 }),
    severity: fc.constantFrom("error" as const, "warning" as const, "info" as const),
    startMs: fc.integer({ min: 0, max: 5 }),
    value: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ n, severity, startMs, value }) => ({
    ...{ id: `empty:c${n}`, code: "empty" as const, severity, cueId: `c${n}`, startMs },
    ...{ endMs: startMs + 1, values: { value } },
  }));
const judgement = fc.record({
  findings: fc.uniqueArray(finding, { selector: ({ id }) => id }),
  text: fc.constantFrom("글", "다른 글"),
});

describe("changes of findings", () => {
  it("lead to what was judged, whatever was known before", () => {
    fc.assert(
      fc.property(fc.array(judgement, { minLength: 1, maxLength: 6 }), (judgements) => {
        const teller = new FindingTeller();
        let known: readonly QueuedFinding[] = [];
        for (const { findings, text } of judgements) {
          known = changeFindings(
            known,
            teller.tell(findings, () => ({ text })),
          );
          expect(known).toEqual(orderFindings(findings, () => ({ text })));
        }
      }),
    );
  });

  it("are none where nothing has changed, and then the same array stays", () => {
    const teller = new FindingTeller();
    const findings = ["error" as const, "warning" as const, "info" as const].map((severity, i) => ({
      ...{ id: `empty:c${i}`, code: "empty" as const, severity, cueId: `c${i}` },
      ...{ startMs: i, endMs: i + 1, values: {} },
    }));
    const known = changeFindings(
      [],
      teller.tell(findings, () => undefined),
    );
    const again = teller.tell(findings, () => undefined);
    expect(known).toHaveLength(3);
    expect(again).toEqual({ put: [], drop: [] });
    expect(changeFindings(known, again)).toBe(known);
  });

  it("come in parts of which the last is marked", () => {
    const judging = new Judging({
      evidence: { speech: [], removed: [], corrections: [], stretches: [], durationMs: 1_000 },
      profile: ruleProfile("ko", { sameLanguage: true }),
      language: "ko",
    });
    const put = Array.from({ length: 1_200 }, (_, i) => ({
      ...{ id: `c${i}`, startMs: i * 3_000, endMs: i * 3_000 + 2_000, text: "" },
    }));
    judging.change("target", { put, drop: [] });
    const changes = judging.changes();
    for (const gone of [1, 6_100]) {
      const drop = Array.from({ length: gone }, (_, i) => `gone${i}`);
      const answers = answersOf(7, { ...changes, drop });
      expect(answers.map(({ last }) => last)).toEqual([...answers.slice(1).map(() => false), true]);
      expect(answers.flatMap((each) => each.put)).toEqual(changes.put);
      expect(answers.flatMap((each) => each.drop)).toEqual(drop);
      expect(Math.max(...answers.map((each) => each.put.length))).toBe(500);
      expect(Math.max(...answers.map((each) => each.drop.length))).toBe(Math.min(gone, 500));
    }
    expect(answersOf(8, { put: [], drop: [] })).toEqual([{ id: 8, put: [], drop: [], last: true }]);
  });
});
