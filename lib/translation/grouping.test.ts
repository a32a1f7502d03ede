import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/subtitles/markup";
import { readPiece, writePiece } from "./cue-xml";
import { contextOf, planTranslation, scenesOf, sentencesOf } from "./grouping";
import { judgeReply, smallerParts, splitLongText } from "./put-back";
import { testCues } from "./test-cues";
import type { SourceCue } from "./types";

const ids = (groups: SourceCue[][]) =>
  groups.map((group) => group.map(({ id }) => id.slice(4)).join(""));

/** Talk of all kinds: with and without punctuation, pauses and speakers. */
const talk = fc
  .array(
    fc.record({
      text: fc.oneof(
        fc.string({ unit: "grapheme", maxLength: 60 }),
        fc.constantFrom("그래서", "네.", "I see.", "♪", ""),
      ),
      gapMs: fc.constantFrom(0, 80, 400, 1_600, 5_000),
      speaker: fc.constantFrom(undefined, "a", "b"),
    }),
    { maxLength: 80 },
  )
  .map((parts) => {
    let startMs = 0;
    return parts.map(({ text, gapMs, speaker }, index): SourceCue => {
      startMs += gapMs + 1_500;
      return { id: `cue-${index}`, startMs: startMs - 1_500, endMs: startMs, text, speaker };
    });
  });

describe("sentences and scenes", () => {
  it("end at punctuation, Korean endings, pauses and changes of speaker", () => {
    const cues = testCues(["오늘은", "날씨가 좋네요", "그래서", "나왔어요.", "Well,", "yes?"]);
    expect(ids(sentencesOf(cues))).toEqual(["01", "23", "45"]);
    const dialogue = testCues(["그래서", "제가", "네"]).map((cue, index) => ({
      ...cue,
      speaker: index === 1 ? "b" : "a",
    }));
    expect(ids(sentencesOf(dialogue))).toEqual(["0", "1", "2"]);
    expect(ids(scenesOf(testCues(["하나.", "둘.", "셋."], 1_600)))).toEqual(["0", "1", "2"]);
  });

  it("hold every cue once, in order, and stay within their limits", () => {
    fc.assert(
      fc.property(talk, (cues) => {
        for (const groups of [sentencesOf(cues), scenesOf(cues)]) {
          expect(groups.flat()).toEqual(cues);
          expect(groups.every((group) => group.length > 0 && group.length <= 12)).toBe(true);
        }
        const plans = planTranslation(cues);
        expect(plans.flatMap(({ cueIds }) => cueIds)).toEqual(cues.map(({ id }) => id));
        const scenes = plans.flatMap(({ cueIds }) =>
          scenesOf(cues.filter(({ id }) => cueIds.includes(id))),
        );
        expect(ids(scenes)).toEqual(ids(scenesOf(cues)));
      }),
    );
  });

  it("cut 100,000 words without a pause in a moment", () => {
    const cues = testCues(
      Array.from({ length: 14_000 }, () => "말이 끝도 없이 계속 이어지고 이어지는데"),
      0,
    );
    const startMs = performance.now();
    const plans = planTranslation(cues);
    expect(performance.now() - startMs).toBeLessThan(1_000);
    expect(plans.flatMap(({ cueIds }) => cueIds)).toHaveLength(14_000);
  });

  it("see what is said around them, within bounds", () => {
    const cues = testCues(["가".repeat(5_000), "나", "다", "라"]);
    const { before, after } = contextOf(cues, 1, 1);
    expect(before).toBe("가".repeat(800));
    expect(after).toBe("다 라");
  });
});

describe("cues as XML", () => {
  it("come back as they went, whatever is in them", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: "binary" }),
            fc.string({ unit: "grapheme" }),
            fc.constantFrom("<b>x</b>", "</c>", "&lt;", "]]>"),
          ),
          { minLength: 1, maxLength: 6 },
        ),
        (texts) => {
          const reply = readPiece(writePiece([testCues(texts)]));
          expect(reply.stray).toBe(false);
          expect(reply.cues.map(({ index }) => index)).toEqual(texts.map((_, index) => index));
          reply.cues.forEach(({ text }, index) => {
            const sent = plainText(texts[index] ?? "")
              .toWellFormed()
              .replace(/[\ufffe\uffff]|(?!\s)\p{Cc}/gu, "");
            expect(plainText(text)).toBe(sent.replace(/\s+/gu, " ").trim());
          });
        },
      ),
    );
  });

  it.each([
    ['<s><c i="0">a</c>.</s>', [[0, "a."]], false],
    [
      '<s><c i="0">a</c> and <c i="1">b</c></s>',
      [
        [0, "a"],
        [1, "b"],
      ],
      true,
    ],
    [
      '<s><c i="0"/><c i="1">b</c></s>',
      [
        [0, ""],
        [1, "b"],
      ],
      false,
    ],
    [
      '<c i="0">a <c i="1">b</c></c>',
      [
        [0, "a"],
        [1, "b"],
      ],
      false,
    ],
    [
      '<c i="0">a</c> ¿<c i="1">b</c>?',
      [
        [0, "a"],
        [1, "¿b?"],
      ],
      false,
    ],
    ['<c i="0">a', [[0, "a"]], true],
    [
      '<c i="7">a</c><c>b</c>',
      [
        [7, "a"],
        [-1, "b"],
      ],
      false,
    ],
    ["<c i='0'>&#44032;&amp;&lt;b&gt;</c>", [[0, "가&<\u2060b>"]], false],
    [
      '<c i="0"><i>a</c> <c i="1">b</i></c>',
      [
        [0, "<i>a</i>"],
        [1, "b"],
      ],
      false,
    ],
  ] as const)("%s", (xml, cues, stray) => {
    const reply = readPiece(xml);
    expect(reply.cues.map(({ index, text }) => [index, text])).toEqual(cues);
    expect(reply.stray).toBe(stray);
  });
});

describe("judgeReply", () => {
  const cues = testCues(["하나", "둘", "셋"]);
  const reply = (...entries: [number, string][]) => ({
    cues: entries.map(([index, text]) => ({ index, text })),
    stray: false,
  });

  it.each<[string, [number, string][], string[]]>([
    [
      "right",
      [
        [0, "a"],
        [1, "b"],
        [2, "c"],
      ],
      [],
    ],
    [
      "lost",
      [
        [0, "a"],
        [2, "c"],
      ],
      ["cue-1"],
    ],
    [
      "empty",
      [
        [0, "a"],
        [1, "…"],
        [2, "c"],
      ],
      ["cue-1"],
    ],
    [
      "twice",
      [
        [0, "a"],
        [1, "b"],
        [1, "b"],
        [2, "c"],
      ],
      ["cue-1"],
    ],
    [
      "moved",
      [
        [1, "b"],
        [0, "a"],
        [2, "c"],
      ],
      ["cue-0", "cue-1"],
    ],
    [
      "unknown",
      [
        [0, "a"],
        [1, "b"],
        [2, "c"],
        [3, "d"],
      ],
      ["cue-0", "cue-1", "cue-2"],
    ],
    ["nothing", [], ["cue-0", "cue-1", "cue-2"]],
  ])("%s", (_, entries, damaged) => {
    const judged = judgeReply(cues, reply(...entries));
    expect([...judged.damaged].sort()).toEqual(damaged);
    expect(judged.texts.size).toBe(3 - damaged.length);
  });

  it("asks for the damaged sentences, or for the halves of the only one", () => {
    const two = testCues(["하나", "둘.", "셋", "넷.", "다섯."]);
    expect(ids(smallerParts(two, new Set(["cue-0"])))).toEqual(["01"]);
    // The lost cue's words may be at the end of the sentence before.
    expect(ids(smallerParts(two, new Set(["cue-2"])))).toEqual(["01", "23"]);
    expect(ids(smallerParts(cues, new Set(["cue-2"])))).toEqual(["01", "2"]);
  });
});

it("splits long texts without losing a word or halving a character", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 400 }),
      fc.integer({ min: 4, max: 50 }),
      (text, limit) => {
        const pieces = splitLongText(text, limit);
        expect(pieces.every((piece) => piece.length <= limit && piece.isWellFormed())).toBe(true);
        expect(pieces.join("").replace(/\s/gu, "")).toBe(text.replace(/\s/gu, ""));
      },
    ),
  );
});
