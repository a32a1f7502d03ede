import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findMediaTools } from "@/lib/media/tools";
import { readSubtitles, type SubtitleFormat, writeSubtitles } from "@/lib/subtitles/formats";
import { plainText } from "@/lib/subtitles/markup";
import type { SubtitleDocument } from "@/lib/subtitles/model";
import { defaultStyle } from "@/lib/subtitles/style";
import { prepareSubtitleReader } from "@/scripts/testing/subtitle-reader.mjs";

/** What others read in our files: FFmpeg's demuxers, and Python's pysubs2. */

const run = promisify(execFile);

type ReadCue = [startMs: number, endMs: number, text: string];

/** Times in 1/100 s, so that ASS holds them; no line that only markup makes visible. */
const document: SubtitleDocument = {
  language: "ko",
  title: "다른 프로그램으로 읽기",
  cues: [
    { id: "a", startMs: 0, endMs: 1_500, text: "오늘은 골목을\n걸어 보려고 해요" },
    { id: "b", startMs: 1_500, endMs: 2_750, text: "<b>정말</b> <i>많이</i> <u>바뀌었네요</u>" },
    { id: "c", startMs: 3_000, endMs: 4_200, text: "1 < 2 & 3 > 2, \"따옴표\"와 '작은따옴표'" },
    { id: "d", startMs: 5_000, endMs: 6_000, text: "- 네, 지난주에 봤어요\n- 그래요?" },
    { id: "e", startMs: 7_000, endMs: 8_000, text: "위에 있는 자막", settings: { line: 0 } },
    { id: "f", startMs: 3_599_990, endMs: 3_601_000, text: "한 시간이 지나서 😀 é 日本語" },
  ],
};

const styled: SubtitleDocument = {
  ...document,
  style: { ...defaultStyle, fontFamily: "Noto Sans KR", backgroundColor: "#000000aa" },
  cues: document.cues.map((cue, i) =>
    i % 2 === 0 ? cue : { ...cue, styleOverrides: { color: "#ffff00", alignment: 8 } },
  ),
};

const expected: ReadCue[] = document.cues.map((cue) => [
  cue.startMs,
  cue.endMs,
  plainText(cue.text),
]);

let folder = "";
let python = "";
let ffmpeg = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ax2-readers-"));
  const tools = findMediaTools({});
  python = await prepareSubtitleReader({ dataDir: ".data" });
  ffmpeg = (await tools).ffmpeg.path;
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(
  format: SubtitleFormat,
  {
    of = document,
    windows = false,
    looks,
  }: { of?: SubtitleDocument; windows?: boolean; looks?: boolean },
): Promise<string> {
  const { text } = writeSubtitles({
    document: of,
    format,
    options: {
      ...(windows && { bom: true, lineEnd: "crlf" as const }),
      ...(looks !== undefined && { looks }),
    },
  });
  const file = path.join(folder, `${format}-${Math.random()}.${format}`);
  await writeFile(file, text);
  return file;
}

/** It leaves references of WebVTT as they are, and takes the blanks of SAMI for subtitles. */
const script = `
import html, json, sys, pysubs2
subs = pysubs2.load(sys.argv[1], encoding="utf-8-sig", format_=sys.argv[2])
text = (lambda e: html.unescape(e.plaintext)) if sys.argv[2] == "vtt" else (lambda e: e.plaintext)
print(json.dumps([[e.start, e.end, text(e)] for e in subs.events if e.plaintext.strip()]))
`;

async function pysubs2(file: string, format: string): Promise<ReadCue[]> {
  const { stdout } = await run(python, ["-c", script, file, format]);
  return JSON.parse(stdout);
}

/** FFmpeg's reading, by way of the WebVTT that it writes. */
async function throughFfmpeg(file: string): Promise<ReadCue[]> {
  const { stdout } = await run(ffmpeg, ["-v", "error", "-i", file, "-f", "webvtt", "-"]);
  return readSubtitles({ text: stdout, format: "vtt" }).document.cues.map((cue) => [
    cue.startMs,
    cue.endMs,
    plainText(cue.text),
  ]);
}

const variants = [
  ["as it is", {}],
  ["for Windows", { windows: true }],
  ["with looks", { of: styled }],
] as const;

describe.each(["srt", "vtt", "ass", "smi"] as const)("FFmpeg reads %s", (format) => {
  it.each(variants)("%s", async (_, options) => {
    // FFmpeg 5 finds no subtitle behind a STYLE block.
    const file = await written(format, { ...options, looks: false });
    expect(await throughFfmpeg(file)).toEqual(expected);
  });
});

describe.each([
  ["srt", "srt"],
  ["vtt", "vtt"],
  ["ass", "ass"],
  ["smi", "sami"],
  ["ttml", "ttml"],
] as const)("pysubs2 reads %s", (format, name) => {
  it.each(variants)("%s", async (_, options) => {
    expect(await pysubs2(await written(format, options), name)).toEqual(expected);
  });
});
