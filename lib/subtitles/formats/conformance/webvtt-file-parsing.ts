import type {
  ConformanceCase,
  ExpectedCue,
} from "@/lib/subtitles/formats/conformance/conformance-case";
import { settingsCases } from "@/lib/subtitles/formats/conformance/webvtt-settings-cases";

/**
 * The facts that web-platform-tests asserts under webvtt/parsing/file-parsing, as inputs and
 * expected cues. Left out: the cases about the regions themselves.
 */

const timing = "00:00:00.000 --> 00:00:01.000";
const second = { startMs: 0, endMs: 1000 };

const file = (...blocks: string[]) => `WEBVTT\n\n${blocks.join("\n\n")}`;

/** Every timing line as a block of its own that gives no cue. */
const refused = (lines: readonly string[]) => file(...lines.map((line) => `${line}\ninvalid`));

/** The timing line with a character put before, and in place of, each of its own. */
const disturbed = (character: string) =>
  Array.from(timing).flatMap((_, at) => [
    timing.slice(0, at) + character + timing.slice(at),
    timing.slice(0, at) + character + timing.slice(at + 1),
  ]);

const texts = (count: number, more: ExpectedCue = {}): ExpectedCue[] =>
  Array.from({ length: count }, (_, i) => ({ text: `text${i}`, ...more }));

const one: ExpectedCue[] = [{ text: "text", ...second }];

const tables: Record<string, readonly [input: string, cues: ExpectedCue[]]> = {
  arrows: [
    `WEBVTT\n\n${["-->\n", "foo-->\n", "-->foo\n", "--->\n", "-->-->\n", ""]
      .map((before, i) => `${before}${timing}\ntext${i}\n`)
      .join("")}\n${["-a", "--a", "-", "--"].map((x) => `00:00:00.000 ${x} -->`).join("\n\n")}`,
    texts(6, { sourceId: "" }),
  ],
  "header-garbage": [`WEBVTT\nfoobar\n\n${timing}\ntext`, one],
  "header-space": [`WEBVTT\n \n${timing}\ntext`, one],
  "header-tab": [`WEBVTT\n\t\n${timing}\ntext\n`, one],
  "header-timings": [`WEBVTT\n${timing}\ntext`, one],
  ids: [
    file(
      ...[" leading space", "trailing space ", "-- >", "->", " "].map(
        (id, i) => `${id}\n${timing}\ntext${i}`,
      ),
    ),
    [" leading space", "trailing space ", "-- >", "->", " "].map((sourceId, i) => ({
      sourceId,
      text: `text${i}`,
    })),
  ],
  newlines: [
    `WEBVTT\r\rcr\r${timing}\rtext0\n\nlf\n${timing}\ntext1\r\n\r\ncrlf\r\n${timing}\r\ntext2\n\rlfcr\r${timing}\ntext3\n\r\n`,
    ["cr", "lf", "crlf", "lfcr"].map((sourceId, i) => ({ sourceId, text: `text${i}`, ...second })),
  ],
  nulls: [
    `WEBVTT\n\0\nstill header\n${timing}\ntext0\n\n${[
      `\0 id\n${timing}\ntext1`,
      `\ufffd payload\n${timing}\n\ufffdtext\0 2`,
      `${timing} align\0:end\ntext3`,
      `${timing} align:end\0\ntext4`,
      `${timing}\0align:end\ntext5`,
      `${timing}\0 align:end\ntext6`,
      ...disturbed("\0").map((line) => `${line}\ninvalid`),
    ].join("\n\n")}`,
    [
      { sourceId: "", text: "text0" },
      { sourceId: "\ufffd id", text: "text1" },
      { sourceId: "\ufffd payload", text: "\ufffdtext\ufffd 2" },
      { text: "text3", settings: {} },
      { text: "text4", settings: {} },
      { text: "text5", settings: {} },
      { text: "text6", settings: { align: "end" } },
    ],
  ],
  "signature-bom": ["\ufeffWEBVTT\n", []],
  "signature-no-newline": ["WEBVTT", []],
  "signature-space": ["WEBVTT \n", []],
  "signature-space-no-newline": ["WEBVTT ", []],
  "signature-tab": ["WEBVTT\t\n", []],
  "signature-tab-no-newline": ["WEBVTT\t", []],
  "signature-timings": [`WEBVTT ${timing}\ntext\n`, []],
  "signature-invalid": [`WEBVTT!\n\n${timing}\ntext\n`, []],
  "signature-invalid whitespace": [`WEBVTT\f\n\n${timing}\ntext\n`, []],
  "signature-invalid missing whitespace": [`WEBVTTX\n\n${timing}\ntext\n`, []],
  "signature-invalid partial": ["WEBV", []],
  "signature-invalid empty": ["", []],
  stylesheets: [
    file(
      "STYLE\n::cue(#foo) {\n  width: 20px;\n} /*\nNOTE hello\n00:00:00.000 -- > 00:00:01.000\n*/\n.foo {\n  width: 19px;\n}",
      ".bar {\n  width: 18px;\n}",
      `foo\n${timing}\ntext`,
      "STYLE\n::cue(::bar) {\n  width: 18px;\n}",
      `bar\n${timing}\ntext\n`,
    ),
    [
      { sourceId: "foo", text: "text", ...second },
      { sourceId: "bar", text: "text", ...second },
    ],
  ],
  "stylesheets-none": ["WEBVTT\n", []],
  "timings-60": [
    `${refused([
      "00:00:60.000 --> 00:00:01.000",
      "00:60:00.000 --> 00:00:01.000",
      "00:00:00.000 --> 00:00:60.000",
      "00:00:00.000 --> 00:60:00.000",
    ])}\n\n00:00:00.000 --> 60:00:01.000\ntext1\n\n60:00:00.000 --> 60:00:01.000\ntext2\n`,
    [
      { text: "text1", startMs: 0, endMs: 216_001_000 },
      { text: "text2", startMs: 216_000_000, endMs: 216_001_000 },
    ],
  ],
  "timings-eof": [file("00:00:00.000 -->"), []],
  "timings-garbage": [
    refused([
      ...disturbed("x"),
      "00.00:00.000 --> 00:00:01.000",
      "00:00.00.000 --> 00:00:01.000",
      "00:00:00:000 --> 00:00:01.000",
      "00:00.00:000 --> 00:00:01.000",
      "00:00:00,000 --> 00:00:01,000",
    ]),
    [],
  ],
  "timings-negative": [
    file(
      "00:00:00.000 --> 00:00:00.000\ntext0",
      "00:00:01.000 --> 00:00:00.999\ntext1",
      "00:01:00.000 --> 00:00:59.999\ntext2",
      "01:00:00.000 --> 00:59:59.999\ntext3\n",
    ),
    [
      { text: "text0", startMs: 0, endMs: 0 },
      { text: "text1", startMs: 1000, endMs: 999 },
      { text: "text2", startMs: 60_000, endMs: 59_999 },
      { text: "text3", startMs: 3_600_000, endMs: 3_599_999 },
    ],
  ],
  "timings-omitted-hours": [
    file(
      "00:00.000 --> 00:00:01.000\ntext0",
      "00:00:00.000 --> 00:01.000\ntext1",
      "00:00.000 --> 00:01.000\ntext2\n",
    ),
    texts(3, second),
  ],
  "timings-too-long": [
    `${file("000:00:00.000 --> 00:00:01.000\ntext0")}\n\n${[
      ..."00::00:00.000 00:000:00.000 00:00::00.000 00:00:000.000 00:00:00..000 00:00:00.0000 00:00.0000 000:00.000 00::00.000 00:000.000 00:00..000"
        .split(" ")
        .map((start) => `${start} --> 00:00:01.000`),
      "00:00.000 --> 000:01.000",
      "00:00.0000 --> 00:01.000",
    ]
      .map((line) => `${line}\ninvalid`)
      .join("\n\n")}\n\n00:00:00.000 --> 000:00:01.000\ntext1\n`,
    texts(2, second),
  ],
  "timings-too-short": [
    `${file("0:00:00.000 --> 00:00:01.000\ntext0")}\n\n${[
      ..."0000:00.000 00:0:00.000 00:0000.000 00:00:0.000 00:00:00000 00:00:00.00 00:00:00.0 00:00:00. 00:00:00 00:00:0 00:00: 00:00 00:0 00: 00 0  0:00.000 0000.000 00:0.000 00:00000 00:00.00 00:00.0 00:00. 0:00. :00. 00. 0. ."
        .split(" ")
        .map((start) => `${start} --> 00:00:01.000`),
      "00:00.000 --> 0:01.000",
    ]
      .map((line) => `${line}\ninvalid`)
      .join("\n\n")}\n\n00:00:00.000 --> 0:00:01.000\ntext1\n`,
    texts(2, second),
  ],
  "whitespace-chars": [
    file(
      "spaces\n   00:00:00.000    -->  00:00:01.000 \n   text0",
      "tabs\n\t\t\t00:00:00.000\t\t\t\t-->\t\t00:00:01.000\t\ntext1",
      "form feed\n\f\f\f00:00:00.000\f\f\f\f-->\f\f00:00:01.000\f\ntext2",
      "vertical tab\n\v\v\v00:00:00.000\v\v\v\v-->\v\v00:00:01.000\v\ninvalid\n",
    ),
    [
      { sourceId: "spaces", text: "   text0", ...second },
      { sourceId: "tabs", text: "text1", ...second },
      { sourceId: "form feed", text: "text2", ...second },
    ],
  ],
};

export const webvttFileParsing: ConformanceCase[] = [
  ...Object.entries(tables).map(([name, [input, cues]]) => ({
    name,
    format: "vtt" as const,
    input,
    cues,
  })),
  ...settingsCases,
];
