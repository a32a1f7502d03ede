import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textOfWords } from "./align";
import { assembleSpeech, type RecognisedChunk } from "./assemble";
import type { SpeechResult, SpeechSegment, SpeechWord } from "./types";

/** A result of one segment a line; the words of a line share its time evenly. */
function result(
  durationMs: number,
  lines: (Partial<SpeechSegment> & { text: string; startMs: number; endMs: number })[],
  language = "en",
): SpeechResult {
  const words = lines.flatMap((line, segment) => {
    const texts = line.text.split(" ");
    const share = (line.endMs - line.startMs) / texts.length;
    return texts.map(
      (text, index): SpeechWord => ({
        text,
        startMs: Math.round(line.startMs + share * index),
        endMs: Math.round(line.startMs + share * (index + 1)),
        spaceBefore: segment > 0 || index > 0,
        segment,
      }),
    );
  });
  return { language, durationMs, segments: lines, words };
}

const speech = (...spans: [number, number][]) =>
  spans.map(([startMs, endMs]) => ({ startMs, endMs }));

const chunk = (
  startMs: number,
  endMs: number,
  heard: SpeechResult | undefined,
  spans: [number, number][] = [[startMs, endMs]],
): RecognisedChunk => ({ startMs, endMs, speech: speech(...spans), result: heard });

describe("assembleSpeech", () => {
  it("moves every chunk to its real start", () => {
    const assembled = assembleSpeech([
      chunk(10_250, 13_000, result(2_750, [{ text: "One two.", startMs: 100, endMs: 2_100 }])),
      chunk(95_007, 97_000, result(1_993, [{ text: "Three.", startMs: 0, endMs: 1_000 }])),
    ]);
    expect(assembled.words).toEqual([
      { text: "One", startMs: 10_350, endMs: 11_350, spaceBefore: false },
      { text: "two.", startMs: 11_350, endMs: 12_350, spaceBefore: true },
      { text: "Three.", startMs: 95_007, endMs: 96_007, spaceBefore: true },
    ]);
    expect(assembled.segments.map(({ startMs, endMs, text }) => [startMs, endMs, text])).toEqual([
      [10_350, 12_350, "One two."],
      [95_007, 96_007, "Three."],
    ]);
    expect(assembled.dropped).toEqual([]);
  });

  it("joins Japanese chunks without a space", () => {
    const line = (text: string) => result(1_000, [{ text, startMs: 0, endMs: 900 }], "ja");
    const { words } = assembleSpeech([
      chunk(0, 1_000, line("そうです。")),
      chunk(1_000, 2_000, line("はい。")),
    ]);
    expect(textOfWords(words)).toBe("そうです。はい。");
  });

  const dropped: [string, Partial<SpeechSegment>, [number, number][], string, string][] = [
    [
      "what the engine itself doubted",
      { noSpeechProb: 0.61, avgLogprob: -1 },
      [[0, 9_000]],
      "no_speech",
      "",
    ],
    ["words in silence", {}, [[4_301, 9_000]], "silence", "c d"],
  ];
  it.each(dropped)("leaves out %s and says so", (_name, evidence, spans, reason, kept) => {
    const heard = result(9_000, [{ text: "a b c d", startMs: 0, endMs: 5_333, ...evidence }]);
    const assembled = assembleSpeech([chunk(0, 9_000, heard, spans)]);
    expect(textOfWords(assembled.words)).toBe(kept);
    expect(assembled.dropped.map((item) => item.reason)).toEqual([reason]);
    expect(assembled.segments).toHaveLength(kept ? 1 : 0);
  });

  const kept: [string, Partial<SpeechSegment>][] = [
    ["quiet but sure", { noSpeechProb: 0.9, avgLogprob: -0.5 }],
    ["unsure but spoken", { noSpeechProb: 0.6, avgLogprob: -2 }],
    ["without evidence", {}],
    ["compressible without a loop", { compressionRatio: 5 }],
  ];
  it.each(kept)("keeps what is %s", (_name, evidence) => {
    const heard = result(4_000, [{ text: "no no no way", startMs: 0, endMs: 4_000, ...evidence }]);
    const assembled = assembleSpeech([chunk(0, 4_000, heard)]);
    expect(textOfWords(assembled.words)).toBe("no no no way");
    expect(assembled.dropped).toEqual([]);
  });

  it("keeps one round of a loop", () => {
    const text = `Mr. Dash ${"Wood house ".repeat(20)}said`;
    const line = { text, startMs: 0, endMs: 20_000, compressionRatio: 8.1 };
    const assembled = assembleSpeech([chunk(0, 20_000, result(20_000, [line]))]);
    expect(textOfWords(assembled.words)).toBe("Mr. Dash Wood house said");
    expect(assembled.dropped).toMatchObject([{ reason: "repetition" }]);
    expect(assembled.segments[0]?.text).toBe("Mr. Dash Wood house said");
  });

  it("names the language that most of the speech is in, and passes over missing chunks", () => {
    const says = (language: string, ms: number) =>
      result(ms, [{ text: "Word", startMs: 0, endMs: ms }], language);
    const assembled = assembleSpeech([
      chunk(0, 2_000, says("ko", 2_000)),
      chunk(5_000, 6_500, says("en", 1_500)),
      chunk(8_000, 9_000, undefined),
      chunk(9_000, 10_000, says("ko", 1_000)),
    ]);
    expect(assembled.language).toBe("ko");
    expect(assembleSpeech([]).language).toBeUndefined();
  });

  it("gives words in order without overlap inside their chunks, whatever the order they came", () => {
    const layout = fc
      .array(
        fc.record({
          gapMs: fc.integer({ min: 0, max: 5_000 }),
          lengthMs: fc.integer({ min: 500, max: 30_000 }),
          words: fc.array(fc.tuple(fc.nat(32_000), fc.nat(3_000)), { maxLength: 12 }),
        }),
        { maxLength: 8 },
      )
      .map((parts) => {
        let atMs = 0;
        return parts.map(({ gapMs, lengthMs, words }) => {
          const startMs = atMs + gapMs;
          atMs = startMs + lengthMs;
          const heard: SpeechResult = {
            durationMs: lengthMs,
            segments: [{ text: "x", startMs: 0, endMs: lengthMs }],
            words: words
              .map(([start, length]) => ({ text: "x", startMs: start, endMs: start + length }))
              .toSorted((a, b) => a.startMs - b.startMs),
          };
          return chunk(startMs, atMs, heard);
        });
      });
    fc.assert(
      fc.property(layout, (chunks) => {
        const { words } = assembleSpeech(chunks.toReversed());
        expect(words).toHaveLength(chunks.reduce((n, c) => n + (c.result?.words.length ?? 0), 0));
        words.forEach((word, index) => {
          expect(word.startMs).toBeGreaterThanOrEqual(words[index - 1]?.endMs ?? 0);
          expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
          expect(chunks.some((c) => word.startMs >= c.startMs && word.endMs <= c.endMs)).toBe(true);
        });
      }),
    );
  });
});
