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
    const findings = fc.sample(judgement, 1).flatMap((each) => each.findings);
    const known = changeFindings(
      [],
      teller.tell(findings, () => undefined),
    );
    const again = teller.tell(findings, () => undefined);
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
    const answers = answersOf(7, { ...changes, drop: ["gone"] });
    expect(answers.map(({ last }) => last)).toEqual([...answers.slice(1).map(() => false), true]);
    expect(answers.flatMap((each) => each.put)).toEqual(changes.put);
    expect(answers.flatMap((each) => each.drop)).toEqual(["gone"]);
    expect(Math.max(...answers.map((each) => each.put.length))).toBe(500);
    expect(answersOf(8, { put: [], drop: [] })).toEqual([{ id: 8, put: [], drop: [], last: true }]);
  });
});
