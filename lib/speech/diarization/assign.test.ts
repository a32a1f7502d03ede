import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Word } from "@/lib/subtitles/model";
import { assignSpeakers } from "./assign";
import type { SpeakerTurn } from "./types";

/** "a:0-300 b:300-500": words with their times. */
const words = (text: string): Word[] =>
  text.split(" ").map((each) => {
    const [, word = "", start, end] = /^(\S+):(\d+)-(\d+)$/.exec(each) ?? [];
    return { text: word, startMs: Number(start), endMs: Number(end) };
  });
const turns = (text: string): SpeakerTurn[] =>
  words(text).map(({ text: speaker, startMs, endMs }) => ({ speaker, startMs, endMs }));
const speakers = (found: Word[]) => found.map((word) => word.speaker).join("");

describe("assignSpeakers", () => {
  const cases = [
    {
      what: "gives a word to whom it overlaps the most",
      words: "a:0-900 b:900-2000",
      turns: "1:0-1000 2:1000-2000",
      expected: "12",
    },
    {
      what: "gives a word between turns to the nearest",
      words: "a:0-900 b:1100-1400 c:2600-2900 d:3000-4000",
      turns: "1:0-1000 2:3000-4000",
      expected: "1122",
    },
    {
      what: "leaves a word with whoever spoke where two speak at once",
      words: "a:0-1000 b:1000-2000 c:2000-3000",
      turns: "1:0-3000 2:1000-2000",
      expected: "111",
    },
    {
      what: "takes a short run without pauses for the edge of a turn",
      words: "a:0-800 b:800-1100 c:1100-2000 d:2000-3000",
      turns: "1:0-800 2:800-1100 1:1100-3000",
      expected: "1111",
    },
    {
      what: "keeps a short answer between pauses",
      words: "where?:0-1000 here:1300-1600 good:2000-3000",
      turns: "1:0-1000 2:1300-1600 1:2000-3000",
      expected: "121",
    },
    {
      what: "joins a short first run to the next where nothing sets it apart",
      words: "a:0-300 b:320-1000 c:1000-2000",
      turns: "2:0-300 1:300-2000",
      expected: "111",
    },
    {
      what: "gives words before the first and after the last turn to those",
      words: "a:0-500 b:2000-3000 c:5000-5900",
      turns: "1:1000-2100 2:2100-4000",
      expected: "122",
    },
  ];
  it.each(cases)("$what", (one) => {
    expect(speakers(assignSpeakers(words(one.words), turns(one.turns)))).toBe(one.expected);
  });

  const someWords = fc
    .array(fc.record({ gap: fc.nat(3_000), length: fc.nat(1_500) }), { maxLength: 60 })
    .map((list) => {
      let atMs = 0;
      return list.map(({ gap, length }, index): Word => {
        const startMs = atMs + gap;
        atMs = startMs + length;
        return { text: `w${index}`, startMs, endMs: atMs, confidence: 0.5 };
      });
    });
  const someTurns = fc
    .array(
      fc.record({
        startMs: fc.nat(60_000),
        length: fc.integer({ min: 1, max: 20_000 }),
        speaker: fc.constantFrom("1", "2", "3"),
      }),
      { maxLength: 40 },
    )
    .map((list) =>
      list
        .map(({ startMs, length, speaker }) => ({ startMs, endMs: startMs + length, speaker }))
        .toSorted((a, b) => a.startMs - b.startMs),
    );

  it("loses, moves and changes no word, and names only who has a turn", () => {
    fc.assert(
      fc.property(someWords, someTurns, (given, found) => {
        const assigned = assignSpeakers(given, found);
        expect(assigned.map(({ speaker: _, ...word }) => word)).toEqual(given);
        const known = new Set<string>(found.map(({ speaker }) => speaker));
        for (const { speaker } of assigned) {
          expect(speaker === undefined ? found.length === 0 : known.has(speaker)).toBe(true);
        }
        expect(assignSpeakers(given, found)).toEqual(assigned);
      }),
    );
  });

  it("gives every word to one speaker where there is one", () => {
    fc.assert(
      fc.property(someWords, someTurns, (given, found) => {
        fc.pre(found.length > 0);
        const alone = found.map((turn) => ({ ...turn, speaker: "1" }));
        expect(assignSpeakers(given, alone).every(({ speaker }) => speaker === "1")).toBe(true);
      }),
    );
  });

  it("takes 100,000 words in the time of a blink", () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({
      ...{ text: "w", startMs: index * 300, endMs: index * 300 + 250 },
    }));
    const long = Array.from({ length: 10_000 }, (_, index) => ({
      ...{ startMs: index * 3_000, endMs: index * 3_000 + 2_900, speaker: String(index % 5) },
    }));
    const begun = performance.now();
    assignSpeakers(many, long);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
