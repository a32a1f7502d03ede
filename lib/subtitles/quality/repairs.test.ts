import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactText } from "@/lib/subtitles/cue-parts";
import type { Cue, Word } from "@/lib/subtitles/model";
import { applyOperations, inTrackOrder } from "@/lib/subtitles/operations";
import { assessTrack, proposeRepair, type RepairContext, repairAll } from "@/lib/subtitles/quality";
import { type RepairKind, repairKinds, type TrackEvidence } from "@/lib/subtitles/quality/types";
import { type RuleProfile, ruleProfile } from "@/lib/subtitles/rules";

const evidence: TrackEvidence = {
  speech: [],
  removed: [],
  corrections: [],
  stretches: [],
  durationMs: 100_000,
  fps: 25,
};

const cue = (
  id: string,
  startMs: number,
  endMs: number,
  text: string,
  more: Partial<Cue> = {},
) => ({
  id,
  startMs,
  endMs,
  text,
  ...more,
});

const context = (cues: Cue[], more: Partial<RepairContext> = {}): RepairContext => ({
  cues,
  evidence,
  profile: ruleProfile("en", { sameLanguage: true }),
  language: "en",
  ...more,
});

const words = (text: string, startMs: number, eachMs = 400): Word[] =>
  text.split(" ").map((word, i) => ({
    text: word,
    startMs: startMs + i * eachMs,
    endMs: startMs + (i + 1) * eachMs - 50,
  }));

/** What the first finding's repair makes of the cues. */
function repaired(given: RepairContext) {
  const { findings } = assessTrack(given);
  const finding = findings.find(({ repair }) => repair !== undefined);
  const operation = finding && proposeRepair(finding, given);
  const applied = operation && applyOperations(given.cues, [operation]);
  return { kind: finding?.repair, operation, cues: applied?.ok ? applied.cues : undefined };
}

const long = "This is a line that goes on and on, far beyond what a viewer could take in at once";

describe("proposed repairs", () => {
  it("are made of one kind of finding alone where only it is asked for", () => {
    const given = context([
      cue("a", 0, 6_000, long.slice(0, 80)),
      cue("b", 10_000, 12_000, "Fine."),
      cue("c", 12_010, 14_000, "Too near."),
    ]);
    const changed = (codes: Parameters<typeof repairAll>[0]["codes"]) =>
      repairAll({ ...given, codes }).cues.filter((after, i) => after !== given.cues[i]);
    expect(changed(["gap"]).map(({ id }) => id)).toEqual(["b"]);
    expect(changed(["line_width"]).map(({ id }) => id)).toEqual(["a"]);
    expect(changed(undefined).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("break a long line where that is enough", () => {
    const { kind, cues } = repaired(context([cue("a", 0, 6_000, long.slice(0, 80))]));
    expect(kind).toBe("break_lines");
    expect(cues?.[0]?.text.split("\n")).toHaveLength(2);
  });

  it("split what is too long for two lines, at the times of its words", () => {
    const text = `${long}. ${long}.`;
    const heard = words(text, 1_000);
    const end = heard.at(-1)?.endMs ?? 0;
    const {
      kind,
      cues = [],
      operation,
    } = repaired(context([cue("a", 1_000, end, text, { words: heard, speaker: "민수" })]));
    expect(kind).toBe("split");
    expect(cues.length).toBeGreaterThan(2);
    expect(operation).toMatchObject({ kind: "replaceCues", remove: ["a"] });
    expect(cues[0]?.id).toBe("a");
    expect(cues.map(({ speaker }) => speaker)).toEqual(cues.map(() => "민수"));
    expect(cues.map(({ words: own }) => own?.[0]?.startMs)).toEqual(
      cues.map(({ startMs }) => startMs),
    );
    expect(cues.flatMap(({ words: own }) => own)).toEqual(heard);
  });

  it("split a text that was written over by length, and keep what was heard as evidence", () => {
    const heard = words("something else was heard here", 0);
    const { kind, cues = [] } = repaired(
      context([cue("a", 0, 12_000, `${long}. ${long}.`, { words: heard })]),
    );
    expect(kind).toBe("split");
    expect(compactText(cues.map(({ text }) => text).join(""))).toBe(
      compactText(`${long}.${long}.`),
    );
    expect(cues.flatMap(({ words: own = [] }) => own)).toEqual(heard);
  });

  it("leave a marked-up text, and a translation, in one piece", () => {
    const text = `<i>${long}. ${long}.</i>`;
    expect(repaired(context([cue("a", 0, 7_000, text)])).kind).toBeUndefined();
    const translation = { sourceCueId: "s", sourceText: "x", way: "scene" as const };
    const provenance = { origin: "translation" as const, translation };
    const one = cue("a", 0, 7_000, `${long}. ${long}.`, { provenance });
    expect(repaired(context([one])).kind).toBeUndefined();
  });

  it("show a cue for longer where there is room", () => {
    const { kind, cues } = repaired(context([cue("a", 0, 300, "Hello there, my friend")]));
    expect(kind).toBe("extend");
    expect(cues?.[0]?.endMs).toBeGreaterThanOrEqual(1_100);
  });

  it("join a flash with its neighbour where it can't be shown for longer", () => {
    const { kind, cues } = repaired(
      context([cue("a", 0, 400, "Yes."), cue("b", 480, 2_500, "I will come.")]),
    );
    expect(kind).toBe("merge");
    expect(cues).toEqual([cue("a", 0, 2_500, "Yes. I will come.")]);
  });

  it("never join what two people say", () => {
    const { kind } = repaired(
      context([
        cue("a", 0, 400, "Yes.", { speaker: "1" }),
        cue("b", 480, 2_500, "I will come.", { speaker: "2" }),
      ]),
    );
    expect(kind).toBeUndefined();
  });

  it("end a cue before the next one, but not so soon that nobody can read it", () => {
    const two = (end: number, text: string) =>
      context([cue("a", 0, end, text), cue("b", 2_000, 4_000, "Next")]);
    expect(repaired(two(2_500, "Hello there"))).toMatchObject({ kind: "separate" });
    expect(repaired(two(2_500, long.slice(0, 39)))).toMatchObject({ kind: undefined });
  });

  it("end what stays too long, and remove what is empty", () => {
    expect(repaired(context([cue("a", 0, 30_000, "Hello")]))).toMatchObject({
      kind: "shorten",
      cues: [{ endMs: 7_000 }],
    });
    expect(repaired(context([cue("a", 0, 2_000, " ")]))).toMatchObject({
      kind: "remove_empty",
      cues: [],
    });
  });

  it("bring a removed text back where it was, once", () => {
    const removed = {
      ...{ id: "0-0", startMs: 4_000, endMs: 6_000, text: "Thanks for watching <b>" },
      doubts: ["stock_phrase" as const],
    };
    const given = context([cue("a", 0, 2_000, "Hello"), cue("b", 8_000, 9_000, "Bye")], {
      evidence: { ...evidence, removed: [removed] },
    });
    const { kind, cues = [] } = repaired(given);
    expect(kind).toBe("restore");
    expect(cues.map(({ id }) => id)).toEqual(["a", "restored-0-0", "b"]);
    expect(cues[1]).toMatchObject({ startMs: 4_000, provenance: { origin: "repair" } });
    const after = assessTrack({ ...given, cues });
    expect(after.counts.removed_text).toBeUndefined();
    expect(after.inventions.removed).toBe(0);
    expect(repairAll({ ...given, kinds: ["restore"] }).cues).toEqual(cues);
    expect(repairAll(given).operations).toEqual([]);
  });
});

const sentence = fc
  .array(
    fc.constantFrom(
      "안녕",
      "hello",
      "그래서,",
      "갔습니다.",
      "a",
      "응",
      "👍🏽",
      "가나다라마바사아자",
    ),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(" "));

const anyCues = fc
  .array(
    fc.record({
      startMs: fc.integer({ min: 0, max: 30_000 }),
      lengthMs: fc.integer({ min: 1, max: 12_000 }),
      text: fc.oneof(
        sentence,
        fc.constantFrom("", "<i>기울임</i>", "- 네\n- 아니요", "가".repeat(70)),
      ),
      heard: fc.boolean(),
      speaker: fc.constantFrom(undefined, "1", "2"),
    }),
    { maxLength: 12 },
  )
  .map((rows) =>
    rows.map(({ startMs, lengthMs, text, heard, speaker }, i): Cue => {
      const said = text.split(/\s+/).filter((word) => word !== "" && !word.includes("<"));
      const each = lengthMs / Math.max(1, said.length);
      const own = said.map((word, k) => ({
        text: word,
        startMs: Math.round(startMs + k * each),
        endMs: Math.round(startMs + (k + 1) * each),
      }));
      return {
        ...{ id: `c${i}`, startMs, endMs: startMs + lengthMs, text },
        ...(heard && own.length > 0 && { words: own }),
        ...(speaker && { speaker }),
      };
    }),
  );

const profiles: [string, RuleProfile][] = [
  ["ko", ruleProfile("ko", { sameLanguage: true })],
  ["en", ruleProfile("en")],
  ["ja", ruleProfile("ja")],
];

const anyRemoved = fc
  .array(
    fc.record({
      startMs: fc.integer({ min: 0, max: 30_000 }),
      lengthMs: fc.integer({ min: 0, max: 9_000 }),
      text: fc.constantFrom("네", "구독과 좋아요", "응 ".repeat(60).trim(), "a <b> c"),
    }),
    { maxLength: 3 },
  )
  .map((rows) =>
    rows.map(({ startMs, lengthMs, text }, i) => ({
      ...{ id: `0-${i}`, startMs, endMs: startMs + lengthMs, text },
      doubts: ["guess" as const],
    })),
  );

const someKinds = fc.option(fc.subarray([...repairKinds] as RepairKind[], { minLength: 1 }), {
  nil: undefined,
});

describe("repairing everything", () => {
  it("comes to a point where no repair changes anything, breaks no rule, and loses no word", () => {
    fc.assert(
      fc.property(
        anyCues,
        fc.constantFrom(...profiles),
        someKinds,
        (cues, [language, profile], kinds) => {
          const given = { cues, evidence, profile, language };
          const before = assessTrack(given);
          const once = repairAll({ ...given, kinds });
          const after = assessTrack({ ...given, cues: once.cues });

          expect(after.rulesKept).toBeGreaterThanOrEqual(before.rulesKept);
          for (const { rule, kept, total } of after.rules) {
            const broken = before.rules.find((old) => old.rule === rule);
            expect(total - kept).toBeLessThanOrEqual((broken?.total ?? 0) - (broken?.kept ?? 0));
          }

          expect(repairAll({ ...given, cues: once.cues, kinds }).operations).toEqual([]);
          const left = after.findings.flatMap(({ repair }) => repair ?? []);
          if (kinds === undefined) expect(left).toEqual([]);

          const applied = applyOperations(inTrackOrder(cues), once.operations);
          expect(applied).toEqual({ ok: true, cues: once.cues });
          expect(once.cues).toEqual(inTrackOrder(once.cues));
          expect(new Set(once.cues.map(({ id }) => id)).size).toBe(once.cues.length);
          expect(saidBy(once.cues)).toEqual(saidBy(cues));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("brings every removed text back exactly once, whatever else is repaired", () => {
    fc.assert(
      fc.property(
        anyCues,
        anyRemoved,
        fc.constantFrom(...profiles),
        fc.constantFrom<RepairKind[]>(["restore"], [...repairKinds]),
        (cues, removed, [language, profile], kinds) => {
          const given = { cues, evidence: { ...evidence, removed }, profile, language };
          const missing = assessTrack(given).counts.removed_text ?? 0;
          const once = repairAll({ ...given, kinds });
          const after = assessTrack({ ...given, cues: once.cues });
          expect(after.counts.removed_text).toBeUndefined();
          if (missing === 0 && kinds.length === 1) expect(once.operations).toEqual([]);
          expect(repairAll({ ...given, cues: once.cues, kinds }).operations).toEqual([]);
          const applied = applyOperations(inTrackOrder(cues), once.operations);
          expect(applied).toEqual({ ok: true, cues: once.cues });
        },
      ),
      { numRuns: 150 },
    );
  });

  it("proposes for each finding what it says, and that takes the finding away", () => {
    fc.assert(
      fc.property(anyCues, fc.constantFrom(...profiles), (cues, [language, profile]) => {
        const given = { cues, evidence, profile, language };
        const { findings, counts } = assessTrack(given);
        for (const finding of findings) {
          const operation = proposeRepair(finding, given);
          expect(operation !== undefined).toBe(finding.repair !== undefined);
          if (!operation) continue;
          const applied = applyOperations(inTrackOrder(cues), [operation]);
          if (!applied.ok) throw new Error(applied.code);
          const after = assessTrack({ ...given, cues: applied.cues });
          expect(after.counts[finding.code] ?? 0).toBeLessThan(counts[finding.code] ?? 0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("repairs two thousand long cues in one go", () => {
    const text = `${long}. ${long}.`;
    const cues = Array.from({ length: 2_000 }, (_, i) =>
      cue(`c${i}`, i * 20_000, i * 20_000 + 14_000, text, { words: words(text, i * 20_000) }),
    );
    const { cues: after } = repairAll(context(cues));
    expect(after.length).toBeGreaterThan(6_000);
  });
});

/** Every character that is shown, in any order: cues that overlap may come to follow otherwise. */
function saidBy(cues: readonly Cue[]): string[] {
  return cues.flatMap(({ text }) => [...compactText(text)]).sort();
}
