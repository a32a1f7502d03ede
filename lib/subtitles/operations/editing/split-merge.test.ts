import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textRuns } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import {
  mergeCues,
  mergeWithNeighbour,
  type SplitPlace,
  splitByLines,
  splitCue,
} from "@/lib/subtitles/operations/editing";
import {
  assertSound,
  contents,
  made,
  makeCue,
  reasonOf,
  track,
} from "@/lib/subtitles/operations/editing/test-tracks";
import { lineWidths, ruleProfile } from "@/lib/subtitles/rules";

const profile = ruleProfile("ko");
const making = { profile, language: "ko", fps: 25 };
const english = { profile: ruleProfile("en"), language: "en", fps: 25 };
const japanese = { profile: ruleProfile("ja"), language: "ja", fps: 25 };

const sides = (cue: Cue, at: SplitPlace, how = making) =>
  made([cue], splitCue({ cue, at, makeId: () => "new", ...how })).map(
    ({ startMs, endMs, text }) => [startMs, endMs, text],
  );

describe("splitCue", () => {
  const cue = makeCue("a", [1_000, 5_000], "오늘은 회의를 시작할게요", { spoken: true });

  it.each<[string, SplitPlace, unknown[][]]>([
    [
      "the caret, at the words' times",
      { caret: 4 },
      [
        [1_000, 2_253, "오늘은"],
        [2_333, 5_000, "회의를 시작할게요"],
      ],
    ],
    [
      "the caret, when the playhead says",
      { caret: 4, playheadMs: 3_000 },
      [
        [1_000, 2_920, "오늘은"],
        [3_000, 5_000, "회의를 시작할게요"],
      ],
    ],
    [
      "the caret, when the playhead is elsewhere",
      { caret: 3, playheadMs: 9_000 },
      [
        [1_000, 2_253, "오늘은"],
        [2_333, 5_000, "회의를 시작할게요"],
      ],
    ],
    [
      "the playhead, where that is said",
      { playheadMs: 3_500 },
      [
        [1_000, 3_420, "오늘은 회의를"],
        [3_500, 5_000, "시작할게요"],
      ],
    ],
    [
      "the playhead, with the caret at the edge",
      { caret: 0, playheadMs: 3_500 },
      [
        [1_000, 3_420, "오늘은 회의를"],
        [3_500, 5_000, "시작할게요"],
      ],
    ],
    [
      "a word",
      { word: 2 },
      [
        [1_000, 3_587, "오늘은 회의를"],
        [3_667, 5_000, "시작할게요"],
      ],
    ],
    [
      "nothing: the middle",
      {},
      [
        [1_000, 3_587, "오늘은 회의를"],
        [3_667, 5_000, "시작할게요"],
      ],
    ],
    [
      "inside a word",
      { caret: 6 },
      [
        [1_000, 3_142, "오늘은 회의"],
        [3_222, 5_000, "를 시작할게요"],
      ],
    ],
  ])("splits at %s", (_, at, parts) => expect(sides(cue, at)).toEqual(parts));

  it("gives each part its words, speaker and looks, and the file's number to the first", () => {
    const whole: Cue = {
      ...cue,
      speaker: "민수",
      styleOverrides: { italic: true },
      provenance: { origin: "recognition" },
      settings: { line: 0 },
      sourceId: "7",
    };
    const [first, second] = made(
      [whole],
      splitCue({ cue: whole, at: { caret: 4 }, makeId: () => "b", ...making }),
    );
    expect([first?.id, second?.id]).toEqual(["a", "b"]);
    expect(first?.words?.map(({ text }) => text)).toEqual(["오늘은"]);
    expect(second?.words?.map(({ text }) => text)).toEqual(["회의를", "시작할게요"]);
    const { speaker, styleOverrides, provenance, settings } = whole;
    expect(second).toMatchObject({ speaker, styleOverrides, provenance, settings });
    expect([first?.sourceId, second?.sourceId]).toEqual(["7", undefined]);
  });

  it("keeps markup whole on both sides", () => {
    const marked = makeCue("a", [0, 4_000], "<b>오늘은 <i>회의를</i> 시작</b>할게요");
    expect(sides(marked, { caret: 7 }).map(([, , text]) => text)).toEqual([
      "<b>오늘은</b>",
      "<b><i>회의를</i> 시작</b>할게요",
    ]);
  });

  it("leaves lines alone that it doesn't cut, and breaks the others anew", () => {
    const lines = makeCue("a", [0, 6_000], "하나 둘 셋 넷\n다섯 여섯\n일곱 여덟");
    expect(sides(lines, { caret: 8 }).map(([, , text]) => text)).toEqual([
      "하나 둘 셋 넷",
      "다섯 여섯\n일곱 여덟",
    ]);
    expect(sides(lines, { caret: 3 }).map(([, , text]) => text)).toEqual([
      "하나",
      "둘 셋 넷 다섯 여섯 일곱 여덟",
    ]);
  });

  it("shares time by length without words, and cuts where Japanese words meet", () => {
    const plain = makeCue("a", [0, 3_000], "one two three four");
    expect(sides(plain, { caret: 8 }, english)).toEqual([
      [0, 1_087, "one two"],
      [1_167, 3_000, "three four"],
    ]);
    const own = makeCue("a", [0, 3_000], "今日は会議を始めます");
    expect(sides(own, { playheadMs: 1_000 }, japanese).map(([, , text]) => text)).toEqual([
      "今日は",
      "会議を始めます",
    ]);
  });

  it("leaves a part the shortest duration where the time is worked out", () => {
    const long = makeCue("a", [0, 3_000], "가 나다라마바사아자차카타파하");
    expect(sides(long, { caret: 1 })).toEqual([
      [0, 833, "가"],
      [913, 3_000, "나다라마바사아자차카타파하"],
    ]);
  });

  it.each<[Cue, SplitPlace, string]>([
    [makeCue("a", [0, 200], "가 나"), {}, "too_short"],
    [makeCue("a", [0, 2_000], "가나"), {}, "one_piece"],
    [makeCue("a", [0, 2_000], ""), { playheadMs: 1_000 }, "one_piece"],
    [makeCue("a", [0, 2_000], "가 나"), { caret: 0 }, "one_piece"],
    [makeCue("a", [0, 2_000], "<b>가 나</b>"), { caret: 3 }, "one_piece"],
    [makeCue("a", [0, 2_000], "가 나"), { caret: 99 }, "one_piece"],
    [cue, { word: 0 }, "one_piece"],
  ])("refuses %j at %j: %s", (given, at, reason) => {
    expect(reasonOf(splitCue({ cue: given, at, makeId: () => "b", ...making }))).toBe(reason);
  });

  it("never loses a character, a word or a look, and is undone exactly", () => {
    const place = fc.record({
      caret: fc.option(fc.nat(60), { nil: undefined }),
      playheadMs: fc.option(fc.nat(20_000), { nil: undefined }),
      word: fc.option(fc.nat(4), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        track,
        fc.nat(7),
        place,
        fc.constantFrom("ko", "ja"),
        (cues, at, where, language) => {
          const cue = cues[at % cues.length];
          if (!cue) throw new Error("no cue");
          const edit = splitCue({ cue, at: where, makeId: () => "new", ...making, language });
          fc.pre(edit.ok);
          const now = assertSound(cues, edit.operation);
          expect(now.length).toBe(cues.length + 1);
          const parts = now.filter(({ id }) => id === cue.id || id === "new");
          expect(contents(parts)).toEqual(contents([cue]));
          expect([parts[0]?.startMs, parts.at(-1)?.endMs]).toEqual([cue.startMs, cue.endMs]);
          const looks = (list: readonly Cue[]) =>
            list
              .flatMap(({ text }) => textRuns(text))
              .flatMap(({ text, ...look }) =>
                [...text.replace(/\s/g, "")].map((unit) => [unit, look]),
              );
          expect(looks(parts)).toEqual(looks([cue]));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("splitByLines", () => {
  it("makes a cue of each line", () => {
    const cue = makeCue("a", [0, 6_000], "- 네\n- 아니요\n- 글쎄요", { spoken: true });
    let count = 0;
    const edit = splitByLines({ cue, makeId: () => `n${count++}`, ...making });
    expect(made([cue], edit).map(({ id, text }) => [id, text])).toEqual([
      ["a", "- 네"],
      ["n0", "- 아니요"],
      ["n1", "- 글쎄요"],
    ]);
  });

  it("keeps everything, in order", () => {
    fc.assert(
      fc.property(track, fc.nat(7), (cues, at) => {
        const cue = cues[at % cues.length];
        if (!cue) throw new Error("no cue");
        let count = 0;
        const edit = splitByLines({ cue, makeId: () => `n${count++}`, ...making });
        fc.pre(edit.ok);
        const now = assertSound(cues, edit.operation);
        const parts = now.filter(({ id }) => id === cue.id || id.startsWith("n"));
        expect(contents(parts)).toEqual(contents([cue]));
      }),
      { numRuns: 200 },
    );
  });

  it("refuses one line", () => {
    const cue = makeCue("a", [0, 6_000], "네\n");
    expect(reasonOf(splitByLines({ cue, makeId: () => "n", ...making }))).toBe("one_piece");
  });
});

describe("mergeCues", () => {
  const merged = (cues: readonly Cue[], how = making) =>
    made(cues, mergeCues({ cues, ids: new Set(cues.map(({ id }) => id)), ...how }))[0];
  const pair = (one: string, two: string, more: [Partial<Cue>, Partial<Cue>] = [{}, {}]) => [
    makeCue("a", [0, 1_000], one, more[0]),
    makeCue("b", [1_100, 2_000], two, more[1]),
  ];

  it.each([
    ["오늘은", "회의를", "오늘은 회의를", making],
    ["今日は", "会議を", "今日は会議を", japanese],
    ["", "회의를", "회의를", making],
    ["<i>오늘은</i>", "회의를", "<i>오늘은</i> 회의를", making],
    ["- 네", "- 아니요", "- 네\n- 아니요", making],
    ["Good morning", "everyone", "Good morning everyone", english],
  ])("%j and %j: %j", (one, two, text, how) => {
    expect(merged(pair(one, two), how)?.text).toBe(text);
  });

  it("breaks what doesn't fit on a line", () => {
    const [one, two] = ["오늘은 회의를 시작할게요", "모두 자리에 앉아 주세요"];
    const text = merged(pair(one, two))?.text ?? "";
    expect(lineWidths(text, profile).every((width) => width <= profile.maxLineWidth)).toBe(true);
  });

  it("gives two people a line each", () => {
    const cue = merged(pair("네", "아니요", [{ speaker: "민수" }, { speaker: "영희" }]));
    expect(cue).toMatchObject({ id: "a", startMs: 0, endMs: 2_000, text: "- 네\n- 아니요" });
    expect(cue).not.toHaveProperty("speaker");
    expect(merged(pair("네", "요", [{ speaker: "민수" }, { speaker: "민수" }]))).toMatchObject({
      text: "네 요",
      speaker: "민수",
    });
  });

  it("takes the cue before or after", () => {
    const cues = [...pair("가", "나"), makeCue("c", [3_000, 4_000], "다")];
    const at = (neighbour: "next" | "previous") =>
      made(cues, mergeWithNeighbour({ cues, cueId: "b", neighbour, ...making })).map(
        ({ id, text }) => `${id} ${text}`,
      );
    expect(at("next")).toEqual(["a 가", "b 나 다"]);
    expect(at("previous")).toEqual(["a 가 나", "c 다"]);
    const last = mergeWithNeighbour({ cues, cueId: "c", neighbour: "next", ...making });
    expect(reasonOf(last)).toBe("not_neighbours");
  });

  it.each([
    [["a"], "not_neighbours"],
    [["a", "c"], "not_neighbours"],
    [["a", "z"], "not_neighbours"],
    [[], "not_neighbours"],
  ])("refuses %j", (ids, reason) => {
    const cues = [...pair("가", "나"), makeCue("c", [3_000, 4_000], "다")];
    expect(reasonOf(mergeCues({ cues, ids: new Set(ids), ...making }))).toBe(reason);
  });

  it("refuses more text than a cue may have", () => {
    const long = "가".repeat(1_500);
    const cues = pair(long, long);
    expect(reasonOf(mergeCues({ cues, ids: new Set(["a", "b"]), ...making }))).toBe(
      "text_too_long",
    );
  });

  it("keeps everything that was said and heard, and is undone exactly", () => {
    fc.assert(
      fc.property(track, fc.nat(7), fc.nat(7), (cues, from, count) => {
        const some = cues.slice(from, from + count);
        const edit = mergeCues({ cues, ids: new Set(some.map(({ id }) => id)), ...making });
        fc.pre(edit.ok);
        const now = assertSound(cues, edit.operation);
        const cue = now.filter(({ id }) => id === some[0]?.id);
        const letters = ({ said, heard }: ReturnType<typeof contents>) => ({
          said: said.replaceAll("-", ""),
          heard,
        });
        expect(letters(contents(cue))).toEqual(letters(contents(some)));
      }),
      { numRuns: 300 },
    );
  });
});
