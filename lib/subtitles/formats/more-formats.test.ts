import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ReadableFormat,
  readSubtitles,
  type SubtitleFormat,
  type WriteOptions,
  writeSubtitles,
} from "@/lib/subtitles/formats";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";

const cue = (text: string, more: Partial<Cue> = {}): Cue => ({
  ...{ id: "a", startMs: 1000, endMs: 2000, text, ...more },
});
const write = (format: SubtitleFormat, cues: Cue[], options: WriteOptions = {}) =>
  writeSubtitles({ document: { cues, language: "ko" }, format, options });
const lossesOf = (format: SubtitleFormat, cues: Cue[], options: WriteOptions = {}) =>
  Object.fromEntries(write(format, cues, options).losses.map(({ code, count }) => [code, count]));
const read = (format: ReadableFormat, text: string, language?: string) =>
  readSubtitles({ text, format, ...(language && { language }) });
const rows = (format: ReadableFormat, text: string) =>
  read(format, text).document.cues.map((one) => [one.startMs, one.endMs, one.text]);
const problems = (format: ReadableFormat, text: string) =>
  read(format, text).problems.map(({ line, code }) => `${line} ${code}`);

const talk = [
  cue("하나\n둘", { id: "a", speaker: "민수", settings: { line: 0 } }),
  cue("- 셋\n- <i>넷</i>", { id: "b", startMs: 2000, endMs: 3000, speaker: "민수" }),
  cue("다섯", { id: "c", startMs: 6000, endMs: 7000, speaker: "영희" }),
];

describe("TXT", () => {
  it.each<[string, WriteOptions, string]>([
    ["a line a cue", {}, "민수: 하나 둘\n민수: - 셋 - 넷\n영희: 다섯\n"],
    ["no names", { speakers: false }, "하나 둘\n- 셋 - 넷\n다섯\n"],
    [
      "times",
      { times: true, speakers: false },
      "[00:00:01.000 - 00:00:02.000] 하나\n둘\n[00:00:02.000 - 00:00:03.000] - 셋\n- 넷\n[00:00:06.000 - 00:00:07.000] 다섯\n",
    ],
    ["paragraphs", { paragraphs: true }, "민수: 하나 둘 - 셋\n- 넷\n\n영희: 다섯\n"],
    [
      "paragraphs with times",
      { paragraphs: true, times: true, speakers: false },
      "[00:00:01.000 - 00:00:03.000] 하나 둘 - 셋\n- 넷\n\n[00:00:06.000 - 00:00:07.000] 다섯\n",
    ],
  ])("writes %s", (_, options, text) => {
    expect(write("txt", talk, options).text).toBe(text);
  });

  it("joins lines as the language does, and says what it lost", () => {
    const { text } = writeSubtitles({
      document: { language: "ja", cues: [cue("今日は\n晴れ")] },
      format: "txt",
    });
    expect(text).toBe("今日は晴れ\n");
    expect(lossesOf("txt", talk)).toEqual({
      ...{ position_reduced: 1, markup_dropped: 1, lines_joined: 2, times_dropped: 3 },
    });
  });

  it.each<[string, string, unknown[]]>([
    [
      "begins and ends",
      "[0:01 - 0:02.5] 가\n나\n[0:03 - 0:04] 다",
      [
        [1000, 2500, "가\n나"],
        [3000, 4000, "다"],
      ],
    ],
    [
      "beginnings only",
      "0:01 가\n\n(0:03) 나",
      [
        [1000, 3000, "가"],
        [3000, 7000, "나"],
      ],
    ],
    [
      "nothing of times",
      "가나다라마바사아자차카타파하가나다라\n\n<b>",
      [
        [0, 1350, "가나다라마바사아자차카타파하가나다라"],
        [1450, 2450, "<\u2060b>"],
      ],
    ],
  ])("reads a text that says %s", (_, text, cues) => {
    expect(rows("txt", text)).toEqual(cues);
  });

  it("says what it worked out", () => {
    expect(problems("txt", "가")).toEqual(["0 times_estimated"]);
    expect(problems("txt", "0:01 가")).toEqual(["0 end_missing"]);
  });
});

describe("SBV", () => {
  it("is written and read", () => {
    const { text } = write("sbv", [
      cue("가\n나"),
      cue("다", { startMs: 36_000_000, endMs: 36_000_001 }),
    ]);
    expect(text).toBe("0:00:01.000,0:00:02.000\n가\n나\n\n10:00:00.000,10:00:00.001\n다\n");
    expect(rows("sbv", "\ufeff0:00:01.0,0:00:02.25\r\na[br]b\r\n\r\nc\r\n")).toEqual([
      [1000, 2250, "a\nb\n\nc"],
    ]);
  });

  it("keeps a text from being times", () => {
    const text = "0:00:05.000,0:00:06.000";
    const written = write("sbv", [cue(`가\n${text}`)]);
    expect(written.losses.map(({ code }) => code)).toEqual(["text_guarded"]);
    expect(rows("sbv", written.text)).toEqual([[1000, 2000, `가\n${text}`]]);
  });
});

describe("CSV", () => {
  it("is a table that no spreadsheet takes for formulas", () => {
    const cues = [
      cue('=HYPERLINK("x")', { speaker: "@민수" }),
      cue("- 네,\n<b>그래요</b>", { id: "b", startMs: 2000, endMs: 3000 }),
    ];
    expect(write("csv", cues).text).toBe(
      '\ufeffnumber,start,end,speaker,text (ko)\r\n1,00:00:01.000,00:00:02.000,\'@민수,"\'=HYPERLINK(""x"")"\r\n2,00:00:02.000,00:00:03.000,,"\'- 네,\r\n그래요"\r\n',
    );
    expect(lossesOf("csv", cues)).toEqual({ formula_guarded: 2, markup_dropped: 1 });
    expect(write("csv", [cue("가")], { bom: false, lineEnd: "lf" }).text).toBe(
      "number,start,end,text (ko)\n1,00:00:01.000,00:00:02.000,가\n",
    );
  });
});

describe("JSON", () => {
  const anyCue = fc.record(
    {
      id: fc.string({ minLength: 1, maxLength: 64, unit: "binary" }),
      startMs: fc.nat(),
      endMs: fc.nat(),
      text: fc.string({ unit: "binary" }),
      speaker: fc.string(),
      language: fc.constantFrom("ko", "en"),
      settings: fc.record({
        line: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
        lineIsPercent: fc.boolean(),
      }),
      styleOverrides: fc.record({ bold: fc.boolean(), color: fc.constant("#ff00aa") }),
      words: fc.array(
        fc.record(
          {
            text: fc.string(),
            startMs: fc.nat(),
            endMs: fc.nat(),
            confidence: fc.float({ min: 0, max: 1, noNaN: true }),
          },
          { requiredKeys: ["text", "startMs", "endMs"] },
        ),
      ),
      provenance: fc.constant({
        origin: "translation" as const,
        chunks: [0, 3] as [number, number],
        translation: { sourceCueId: "x", sourceText: "가", way: "scene" as const },
      }),
      sourceId: fc.string(),
      style: fc.string(),
    },
    { requiredKeys: ["id", "startMs", "endMs", "text"] },
  );
  const documents = fc.uniqueArray(anyCue, { selector: ({ id }) => id, maxLength: 6 });

  it("gives everything back, ids and order included", () => {
    fc.assert(
      fc.property(documents, fc.boolean(), (cues, windows) => {
        const document: SubtitleDocument = {
          ...{ language: "ko", title: "제목", cues },
          headers: [{ format: "vtt", kind: "note", text: "가" }],
        };
        const { text, losses } = writeSubtitles({
          ...{ document, format: "json" },
          ...(windows && { options: { bom: true, lineEnd: "crlf" as const } }),
        });
        expect(losses).toEqual([]);
        expect(readSubtitles({ text, format: "json" }).document).toEqual(document);
      }),
    );
  });

  it.each<[string, string, string[]]>([
    ["no JSON", '{"format":"ax2-caption"\n"cues":[]}', ["2 malformed_file", "1 no_cues"]],
    ["other JSON", '{"cues":[]}', ["1 signature_missing", "1 no_cues"]],
    [
      "cues that are none",
      '{"format":"ax2-caption","version":1,"cues":[\n{"id":"a","startMs":0,"endMs":1,"text":"가"},\n{"id":"b","startMs":-1,"endMs":1,"text":"나"},\n{"id":"a","startMs":3,"endMs":2,"text":"다"}]}',
      ["3 malformed_line", "4 end_before_start"],
    ],
    [
      "a newer version",
      '{"format":"ax2-caption","version":2,"cues":[{"id":"a","startMs":0,"endMs":1,"text":"가","new":1}]}',
      ["1 setting_ignored"],
    ],
  ])("says what it can't read: %s", (_, text, expected) => {
    expect(problems("json", text)).toEqual(expected);
  });

  it("keeps ids, and makes those that are missing or taken", () => {
    const one = '{"startMs":0,"endMs":1,"text":"가"}';
    const text = `{"format":"ax2-caption","version":1,"cues":[{"id":"x",${one.slice(1)},${one},{"id":"x",${one.slice(1)}]}`;
    const ids = readSubtitles({ text, makeId: (i) => `new-${i}` }).document.cues.map(
      ({ id }) => id,
    );
    expect(ids).toEqual(["x", "new-1", "new-2"]);
  });
});

describe("two languages", () => {
  const first = {
    language: "ko",
    cues: [cue("<i>안녕", { id: "a" }), cue("잘 가", { id: "b", startMs: 3000, endMs: 4000 })],
  };
  const second = {
    language: "en",
    cues: [
      cue("Hello", { id: "a" }),
      cue("Good", { id: "y", startMs: 2900, endMs: 3500 }),
      cue("bye", { id: "z", startMs: 3500, endMs: 4100 }),
      cue("The end", { id: "w", startMs: 8000, endMs: 9000 }),
    ],
  };
  const both = (format: SubtitleFormat, options: WriteOptions = {}) =>
    writeSubtitles({ document: first, format, options: { ...options, second } });

  it("stand below each other in SRT, matched by id, else by time", () => {
    expect(both("srt").text).toBe(
      "1\n00:00:01,000 --> 00:00:02,000\n<i>안녕</i>\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\n잘 가\nGood\nbye\n\n3\n00:00:08,000 --> 00:00:09,000\nThe end\n",
    );
    expect(both("srt").losses).toEqual([{ code: "second_retimed", count: 2, cueIds: ["y", "z"] }]);
    expect(both("srt", { secondPlace: "above" }).text).toContain("\nHello\n<i>안녕</i>\n");
  });

  it("have a style of their own in ASS", () => {
    const { text } = both("ass");
    expect(text).toMatch(/^Style: Second,Pretendard,52,/m);
    expect(text).toContain("{\\i1}안녕{\\i0}\\N{\\rSecond}Hello\n");
    expect(text).toContain(",,{\\rSecond}The end\n");
    expect(both("ass", { secondPlace: "above" }).text).toContain(
      "{\\rSecond}Hello\\N{\\r}{\\i1}안녕{\\i0}\n",
    );
  });

  it("are two classes in SMI, each read for itself", () => {
    const { text } = both("smi");
    expect(read("smi", text).document).toMatchObject({
      language: "ko-KR",
      cues: [{ text: "<i>안녕</i>" }, { text: "잘 가" }],
    });
    expect(read("smi", text, "en").document.cues.map((one) => one.text)).toEqual(
      second.cues.map((one) => one.text),
    );
    expect(read("smi", text).languages).toEqual([
      { key: "KRCC", language: "ko-KR", cues: 2 },
      { key: "ENCC", language: "en-US", cues: 4 },
    ]);
  });

  it("are two columns in CSV, and not in JSON", () => {
    expect(both("csv").text).toContain(
      "text (ko),text 2 (en)\r\n1,00:00:01.000,00:00:02.000,안녕,Hello\r\n",
    );
    expect(both("json").losses.map(({ code }) => code)).toEqual(["second_dropped"]);
  });
});

describe("times at frames", () => {
  const cues = [
    cue("가", { startMs: 1009, endMs: 2010 }),
    cue("나", { id: "b", startMs: 2010, endMs: 2011 }),
  ];

  it.each<[number, number[][]]>([
    [
      25,
      [
        [1000, 2000],
        [2000, 2040],
      ],
    ],
    [
      29.97,
      [
        [1001, 2002],
        [2002, 2035],
      ],
    ],
    [
      23.976,
      [
        [1001, 2002],
        [2002, 2043],
      ],
    ],
  ])("%d frames a second", (fps, times) => {
    const { text } = write("srt", cues, { fps });
    expect(readSubtitles({ text }).document.cues.map((one) => [one.startMs, one.endMs])).toEqual(
      times,
    );
    expect(lossesOf("srt", cues, { fps })).toEqual({ time_rounded: 2 });
  });

  it("never begins after its frame in ASS", () => {
    expect(write("ass", cues, { fps: 29.97 }).text).toContain("0:00:02.00,0:00:02.03,");
  });

  it("are frames in TTML", () => {
    expect(write("ttml", cues, { fps: 25 }).text).toContain(
      'begin="00:00:01:00" end="00:00:02:00"',
    );
    const odd = write("ttml", cues, { fps: 29.97 }).text;
    expect(odd).toContain('ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"');
    expect(odd).toContain('begin="30f" end="60f"');
    expect(rows("ttml", odd)).toEqual([
      [1001, 2002, "가"],
      [2002, 2035, "나"],
    ]);
  });
});
