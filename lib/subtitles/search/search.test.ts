import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperation } from "@/lib/subtitles/operations";
import {
  assertSound,
  cueText,
  makeCue,
  track,
} from "@/lib/subtitles/operations/editing/test-tracks";
import { compileSearch, findMatches, replaceMatches, type Search } from "@/lib/subtitles/search";

const plain: Search = { query: "", regex: false, matchCase: false, wholeWord: false, in: "text" };
const cuesOf = (...texts: string[]): Cue[] =>
  texts.map((text, i) => makeCue(`c${i}`, [i * 1_000, i * 1_000 + 900], text));

function found(text: string, search: Partial<Search>): string[] | string {
  const result = findMatches(cuesOf(text), { ...plain, ...search });
  if (!result.ok) return result.problem;
  const shown = plainText(text);
  return result.cues.flatMap(({ matches }) => matches.map(({ from, to }) => shown.slice(from, to)));
}

function replaced(text: string, template: string, search: Partial<Search>): string | undefined {
  const cues = cuesOf(text);
  const result = replaceMatches({ cues, search: { ...plain, ...search }, template });
  if (!result.ok) throw new Error(result.problem);
  if (!result.operation) return undefined;
  const applied = applyOperation(cues, result.operation);
  return applied.ok ? applied.cues[0]?.text : applied.code;
}

const korean = "회의를".normalize("NFD");

describe("findMatches", () => {
  it.each<[string, Partial<Search>, string[] | string]>([
    ["오늘은 회의를", { query: "회의" }, ["회의"]],
    ["Good good GOOD", { query: "good" }, ["Good", "good", "GOOD"]],
    ["Good good", { query: "good", matchCase: true }, ["good"]],
    ["오늘은\n회의를", { query: "오늘은 회의" }, ["오늘은\n회의"]],
    ["<b>회</b>의를", { query: "회의" }, ["회의"]],
    ["a <\u2060b> c", { query: "<b>" }, ["<b>"]],
    [
      "1.5 (a+b) $x [y] {z} a|b ^ \\ /",
      { query: "(a+b) $x [y] {z} a|b ^ \\ /" },
      ["(a+b) $x [y] {z} a|b ^ \\ /"],
    ],
    ["1x5 1.5", { query: "1.5" }, ["1.5"]],
    ["회의 회의를 (회의)", { query: "회의", wholeWord: true }, ["회의", "회의"]],
    ["anana ana", { query: "ana", wholeWord: true }, ["ana"]],
    ["x-ray x", { query: "x", wholeWord: true }, ["x", "x"]],
    ["... .", { query: ".", wholeWord: true }, [".", ".", ".", "."]],
    [`오늘 ${korean} 했다`, { query: "회의" }, ["회의".normalize("NFD")]],
    ["회의", { query: "회의".normalize("NFD") }, ["회의"]],
    ["12초 3초", { query: "(\\d+)초", regex: true }, ["12초", "3초"]],
    ["가\n나", { query: "^", regex: true }, ["", ""]],
    ["cat concat", { query: "c\\w+", regex: true, wholeWord: true }, ["cat", "concat"]],
    ["x", { query: "" }, "empty"],
    ["x", { query: "(", regex: true }, "invalid"],
    ["x", { query: "(?=x)", regex: true }, "unsupported"],
  ])("in %j, %j: %j", (text, search, matches) => expect(found(text, search)).toEqual(matches));

  it("finds by the name of who speaks", () => {
    const cues = [makeCue("a", [0, 1], "글", { speaker: "job-1" }), makeCue("b", [2, 3], "민수")];
    const names = { nameOf: (speaker: string) => (speaker === "job-1" ? "김민수" : speaker) };
    const result = findMatches(cues, { ...plain, query: "민수", in: "speaker" }, names);
    expect(result).toMatchObject({
      ok: true,
      count: 1,
      cues: [{ cueId: "a", matches: [{ from: 1, to: 3 }] }],
    });
  });

  it("says when there is too much to look through", () => {
    const cues = cuesOf(...Array.from({ length: 60 }, () => "가".repeat(2_000)));
    const result = findMatches(cues, { ...plain, query: "가" });
    expect(result).toMatchObject({ ok: true, more: true, count: 100_000 });
  });

  it("goes through twenty thousand cues in a blink", () => {
    const cues = cuesOf(
      ...Array.from({ length: 20_000 }, (_, i) => `오늘은 <i>회의를</i> ${i}\n시작할게요.`),
    );
    for (const search of [
      { ...plain, query: "회의를" },
      { ...plain, query: "(\\d+)\\s+(시작|끝)할?게요", regex: true },
    ]) {
      const before = performance.now();
      expect(findMatches(cues, search)).toMatchObject({ count: 20_000 });
      expect(performance.now() - before).toBeLessThan(10_000);
    }
  });

  it("finds what a text holds wherever it stands", () => {
    fc.assert(
      fc.property(cueText, fc.nat(20), fc.nat(9), (text, from, length) => {
        const query = plainText(text).slice(from, from + length);
        fc.pre(query !== "" && query.isWellFormed());
        const finder = compileSearch({ ...plain, query, matchCase: true });
        if (typeof finder === "string") throw new Error(finder);
        expect(finder.find(plainText(text)).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("replaceMatches", () => {
  it.each<[string, string, Partial<Search>, string | undefined]>([
    ["오늘은 회의를", "수업", { query: "회의" }, "오늘은 수업를"],
    ["<b>회의</b>를", "수업", { query: "회의를" }, "<b>수업</b>"],
    ["가 <i>나</i> 가", "다", { query: "가" }, "다 <i>나</i> 다"],
    ["오늘은\n회의를", "내일은 수업을", { query: "오늘은 회의를" }, "내일은\n수업을"],
    ["오늘은\n회의를", "쉬어요", { query: "오늘은 회의를" }, "쉬어요"],
    ["3시 5분", "$2분 $1시", { query: "(\\d)시 (\\d)분", regex: true }, "5분 3시"],
    ["ab", "$<x>$&$$$3", { query: "(?<x>a)(c)?", regex: true }, "aa$$3b"],
    ["ab", "[$2]", { query: "(a)(c)?", regex: true }, "[]b"],
    ["ab", "$1", { query: "a" }, "$1b"],
    ["a b", "\\n", { query: " ", regex: true }, "a\nb"],
    ["가\n나", "- ", { query: "^", regex: true }, "- 가\n- 나"],
    ["b", "<b>", { query: "b" }, "<\u2060b>"],
    ["회의", "회의", { query: "회의" }, undefined],
    ["회의", "x", { query: "없음" }, undefined],
    [korean, "수업을", { query: "회의를" }, "수업을"],
  ])("%j with %j for %j: %j", (text, template, search, after) => {
    expect(replaced(text, template, search)).toBe(after);
  });

  it("shows what it will do, and does only what is chosen", () => {
    const cues = cuesOf("가 나 가", "<b>가</b>", "다");
    const search = { ...plain, query: "가" };
    const choose = (cueId: string, match: number) => !(cueId === "c0" && match === 0);
    expect(replaceMatches({ cues, search, template: "바다", choose })).toEqual({
      ok: true,
      operation: {
        kind: "batch",
        operations: [
          { kind: "setText", cueId: "c0", text: "가 나 바다" },
          { kind: "setText", cueId: "c1", text: "<b>바다</b>" },
        ],
      },
      changes: [
        {
          cueId: "c0",
          before: "가 나 가",
          after: "가 나 바다",
          removed: [{ from: 4, to: 5 }],
          inserted: [{ from: 4, to: 6 }],
        },
        {
          cueId: "c1",
          before: "<b>가</b>",
          after: "<b>바다</b>",
          removed: [{ from: 0, to: 1 }],
          inserted: [{ from: 0, to: 2 }],
        },
      ],
      count: 2,
      tooLong: [],
      more: false,
    });
  });

  it("renames who speaks, and leaves nobody where nothing is left", () => {
    const cues = [
      makeCue("a", [0, 1], "글", { speaker: "job-1" }),
      makeCue("b", [2, 3], "글", { speaker: "민수" }),
    ];
    const names = {
      nameOf: (speaker: string) => (speaker === "job-1" ? "민수" : speaker),
      speakerOf: (name: string) => (name === "영희" ? "job-2" : undefined),
    };
    const of = (template: string) =>
      replaceMatches({ cues, search: { ...plain, query: "민수", in: "speaker" }, template, names });
    expect(of("영희")).toMatchObject({
      operation: { operations: [{ speaker: "job-2" }, { speaker: "job-2" }] },
    });
    expect(of("")).toMatchObject({
      operation: { operations: [{ speaker: null }, { speaker: null }] },
    });
  });

  it("leaves a cue alone that would hold too much", () => {
    const cues = cuesOf("가가가", "가");
    const template = "나".repeat(1_000);
    expect(replaceMatches({ cues, search: { ...plain, query: "가" }, template })).toMatchObject({
      tooLong: ["c0"],
      count: 1,
    });
  });

  it("shows exactly what it makes, and is undone exactly", () => {
    const query = fc.constantFrom("오늘", "회의를", "good", " ", "<", "e", "요.");
    fc.assert(
      fc.property(track, query, cueText, (cues, wanted, template) => {
        const result = replaceMatches({ cues, search: { ...plain, query: wanted }, template });
        fc.pre(result.ok && result.operation !== undefined);
        if (!result.ok || !result.operation) return;
        const now = assertSound(cues, result.operation);
        for (const { cueId, after, removed, inserted } of result.changes) {
          expect(now.find(({ id }) => id === cueId)?.text).toBe(after);
          const old = plainText(cues.find(({ id }) => id === cueId)?.text ?? "");
          const text = plainText(after);
          const keep = (from: string, ranges: { from: number; to: number }[]) =>
            ranges.reduceRight(
              (rest, range) => rest.slice(0, range.from) + rest.slice(range.to),
              from,
            );
          expect(keep(text, inserted)).toBe(keep(old, removed));
        }
      }),
      { numRuns: 300 },
    );
  });
});
