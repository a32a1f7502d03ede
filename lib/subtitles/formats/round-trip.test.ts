import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ReadableFormat,
  readableFormats,
  readSubtitles,
  type WriteOptions,
  writeSubtitles,
} from "@/lib/subtitles/formats";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue, CueSettings, SubtitleDocument } from "@/lib/subtitles/model";

/** Pieces that some format has a meaning for, among ordinary ones. */
const pieces = fc.constantFrom(
  ..."가 나다 hello 123 , . … \\ \\N \\h { } {\\an8} {\\b1} < > <b> </b> <i> </i> <u> </u> <3 <font> <v x> & &amp; &lt; --> -- - > 00:00:01,000 \u2060 \u200b 👨‍👩‍👧 é שלום \u0000 \u0007 \ud800"
    .split(" ")
    .concat([" ", "\n", "\n\n", "\r\n", "\t", "\n1\n", "\nNOTE\n", "\nWEBVTT\n", "[Events]\n"]),
);
const anyText = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));
/** Lines that every format holds as they are. */
const plainLine = fc
  .array(fc.constantFrom("가", "나", "hello", " ", "&", "1 < 2", ",", "-", "👍🏽", "é"), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => `x${parts.join("")}x`);
const plainCueText = fc
  .tuple(fc.array(plainLine, { minLength: 1, maxLength: 3 }), fc.constantFrom("", "b", "i", "u"))
  .map(([lines, tag]) => ({ plain: lines.join("\n"), tag }));

/** What sets the formats apart from each other. */
const traits: Record<
  ReadableFormat,
  { tags: boolean; empty: boolean; overlaps: boolean; options?: WriteOptions }
> = {
  srt: { tags: true, empty: false, overlaps: true },
  vtt: { tags: true, empty: true, overlaps: true },
  ass: { tags: true, empty: true, overlaps: true },
  ttml: { tags: true, empty: true, overlaps: true },
  json: { tags: true, empty: true, overlaps: true },
  smi: { tags: true, empty: false, overlaps: false },
  sbv: { tags: false, empty: false, overlaps: true },
  txt: { tags: false, empty: false, overlaps: true, options: { times: true } },
};

const cues = <T>(
  text: fc.Arbitrary<T>,
  { step, overlaps, textOf }: { step: number; overlaps: boolean; textOf: (value: T) => string },
): fc.Arbitrary<Cue[]> =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 500 }), text), {
      maxLength: 8,
    })
    .map((list) => {
      let at = 0;
      return list.map(([gap, length, value], i) => {
        const startMs = at + gap * step;
        const endMs = startMs + length * step;
        at = overlaps ? startMs : endMs;
        return { id: String(i + 1), startMs, endMs, text: textOf(value) };
      });
    });

const bytes = (document: SubtitleDocument, format: ReadableFormat) =>
  writeSubtitles({ document, format, options: traits[format].options ?? {} }).text;

describe.each(readableFormats)("%s", (format) => {
  const { tags, empty: keepsEmpty, overlaps, options: always } = traits[format];
  const any = (step: number) => cues(anyText, { step, overlaps, textOf: (text) => text });
  const tagged = cues(plainCueText, {
    ...{ step: 10, overlaps },
    textOf: ({ plain, tag }) => (tags && tag !== "" ? `<${tag}>${plain}</${tag}>` : plain),
  });

  it("gives back what it can hold", () => {
    fc.assert(
      fc.property(tagged, fc.boolean(), fc.boolean(), (list, bom, crlf) => {
        const { text, losses } = writeSubtitles({
          document: { cues: list },
          format,
          options: { ...always, bom, lineEnd: crlf ? "crlf" : "lf" },
        });
        expect(losses).toEqual([]);
        expect(readSubtitles({ text }).document.cues).toEqual(list);
      }),
    );
  });

  it("keeps times and order of every cue with any text, and what a viewer reads", () => {
    const shown = (text: string) =>
      plainText(text)
        .replace(/\r\n?/g, "\n")
        .replace(/[\p{Cc}--\s]|\u2060/gv, "")
        .toWellFormed()
        .replaceAll("{", "｛")
        .replaceAll("}", "｝")
        .replace(/\s+/g, "");
    fc.assert(
      fc.property(any(10), (list) => {
        const { document, problems } = readSubtitles({
          text: bytes({ cues: list }, format),
          format,
        });
        const empty = ({ text }: Cue) =>
          plainText(text)
            .replace(/\p{Cc}/gu, "")
            .trim() === "";
        const expected = list.filter((cue) => keepsEmpty || !empty(cue));
        expect(document.cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(
          expected.map(({ startMs, endMs }) => [startMs, endMs]),
        );
        expect(document.cues.map(({ text }) => shown(text))).toEqual(
          expected.map(({ text }) => shown(text)),
        );
        expect(problems.filter(({ code }) => code !== "no_cues")).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps an arrow that has been taken apart already", () => {
    const text = "--\u2060>";
    const first = bytes({ cues: [{ id: "1", startMs: 0, endMs: 1000, text }] }, format);
    const { document } = readSubtitles({ text: first, format });
    expect(document.cues[0]?.text).toBe(text);
    expect(bytes(document, format)).toBe(first);
  });

  it("writes the same bytes again after reading its own", () => {
    fc.assert(
      fc.property(any(1), (list) => {
        const first = bytes({ cues: list }, format);
        const { document } = readSubtitles({ text: first, format });
        expect(bytes(document, format)).toBe(first);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, whatever it reads", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), anyText), (text) => {
        const damaged = bytes({ cues: [{ id: "1", startMs: 0, endMs: 1000, text }] }, format);
        for (const input of [text, `WEBVTT\n${text}`, `[Events]\n${text}`, damaged.slice(3)]) {
          const { document } = readSubtitles({ text: input, format });
          expect(bytes(document, format)).toBe(bytes(document, format));
        }
      }),
    );
  });
});

describe("what only one format holds", () => {
  it("WebVTT: settings, identifiers, speakers and header blocks", () => {
    const settings: CueSettings = { align: "end", line: 10, lineIsPercent: true, lineAlign: "end" };
    const document: SubtitleDocument = {
      headers: [
        { format: "vtt", kind: "header", text: "- 제목" },
        { format: "vtt", kind: "style", text: "::cue { color: red }" },
        { format: "vtt", kind: "region", text: "id:r width:40%" },
        { format: "vtt", kind: "note", text: "two\nlines" },
      ],
      cues: [
        { id: "1", startMs: 0, endMs: 1, text: "가", sourceId: "a b", speaker: "김 <1>", settings },
        { id: "2", startMs: 0, endMs: 1, text: "나", settings: { region: "r" } },
      ],
    };
    const { text, losses } = writeSubtitles({ document, format: "vtt" });
    expect(losses).toEqual([]);
    expect(readSubtitles({ text })).toEqual({ document, problems: [] });
  });

  it("ASS: sections, styles, speakers and the nine places", () => {
    const places = [2, 1, 3, 4, 5, 6, 7, 8, 9].map((key) => `{\\an${key}}`);
    const input = `[Script Info]\nTitle: 제목\nPlayResX: 640\n\n[V4+ Styles]\nFormat: Name, Alignment\nStyle: Default,2\nStyle: Top,8\n\n[Fonts]\nfontname: a.ttf\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n${places
      .map(
        (place, i) =>
          `Dialogue: 0,0:00:0${i}.00,0:00:0${i}.50,Default,김,0,0,0,,${i ? place : ""}가`,
      )
      .join("\n")}\nDialogue: 0,0:00:09.00,0:00:09.50,Top,,0,0,0,,{\\an1}나\n`;
    const { document, problems } = readSubtitles({ text: input });
    expect(problems).toEqual([]);
    expect(writeSubtitles({ document, format: "ass" })).toEqual({ text: input, losses: [] });
  });
});
