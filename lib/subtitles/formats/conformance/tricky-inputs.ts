import type { ConformanceCase } from "@/lib/subtitles/formats/conformance/conformance-case";

/**
 * Files as they are met in the wild, each of which some widely used reader gets wrong. The first
 * 7 (SRT) and 6 (VTT) are the probes of the published comparison under bench/.
 */
const srt: ConformanceCase[] = [
  {
    name: "byte order mark, CRLF",
    format: "srt",
    input:
      "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n안녕\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n둘\r\n셋\r\n",
    cues: [
      { startMs: 1000, endMs: 2000, text: "안녕" },
      { startMs: 3000, endMs: 4000, text: "둘\n셋" },
    ],
  },
  {
    name: "no counters",
    format: "srt",
    input: "00:00:01,000 --> 00:00:02,000\nA\n\n00:00:03,000 --> 00:00:04,000\nB\n",
    cues: [
      { startMs: 1000, endMs: 2000, text: "A" },
      { startMs: 3000, endMs: 4000, text: "B" },
    ],
  },
  {
    name: "text of digits only",
    format: "srt",
    input: "1\n00:00:01,000 --> 00:00:02,000\n2024\n\n2\n00:00:03,000 --> 00:00:04,000\n7\n8\n",
    cues: [
      { startMs: 1000, endMs: 2000, text: "2024" },
      { startMs: 3000, endMs: 4000, text: "7\n8" },
    ],
  },
  {
    name: "point before the milliseconds, coordinates",
    format: "srt",
    input: "1\n00:00:01.500 --> 00:00:02.250  X1:100 X2:200 Y1:10 Y2:20\nA\n",
    cues: [{ startMs: 1500, endMs: 2250, text: "A" }],
  },
  {
    name: "100 hours and more",
    format: "srt",
    input: "1\n100:00:01,000 --> 100:00:02,000\nA\n",
    cues: [{ startMs: 360_001_000, endMs: 360_002_000, text: "A" }],
  },
  {
    name: "empty cue",
    format: "srt",
    input: "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n",
    lastCueDecides: true,
    cues: [
      { startMs: 1000, endMs: 2000, text: "" },
      { startMs: 3000, endMs: 4000, text: "B" },
    ],
  },
  {
    name: "blank line inside the text",
    format: "srt",
    input: "1\n00:00:01,000 --> 00:00:02,000\nA\n\nB\n\n2\n00:00:03,000 --> 00:00:04,000\nC\n",
    lastCueDecides: true,
    cues: [
      { startMs: 1000, endMs: 2000, text: "A\n\nB" },
      { startMs: 3000, endMs: 4000, text: "C" },
    ],
  },
];

const vtt: ConformanceCase[] = [
  {
    name: "STYLE, NOTE, REGION",
    format: "vtt",
    input:
      "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE a\nb\n\nREGION\nid:r\nwidth:40%\n\n00:00:01.000 --> 00:00:02.000\nA\n\nNOTE c\n\n00:00:03.000 --> 00:00:04.000\nB\n",
    cues: [
      { startMs: 1000, endMs: 2000, text: "A" },
      { startMs: 3000, endMs: 4000, text: "B" },
    ],
  },
  {
    name: "no hours, identifier, settings, voice",
    format: "vtt",
    input: "WEBVTT\n\nintro\n01:02.000 --> 01:03.500 align:start line:0\n<v 민수>안녕</v>\n",
    cues: [
      {
        startMs: 62_000,
        endMs: 63_500,
        text: "안녕",
        sourceId: "intro",
        settings: { align: "start", line: 0 },
      },
    ],
  },
  {
    name: "NUL, lone CR",
    format: "vtt",
    input: "WEBVTT\r\r00:00:01.000 --> 00:00:02.000\rA\0B\r\r00:00:03.000 --> 00:00:04.000\rC\r",
    cues: [
      { startMs: 1000, endMs: 2000, text: "A\ufffdB" },
      { startMs: 3000, endMs: 4000, text: "C" },
    ],
  },
  {
    name: "two digits of milliseconds are no time",
    format: "vtt",
    input: "WEBVTT\n\n00:00:01.00 --> 00:00:02.000\nA\n\n00:00:03.000 --> 00:00:04.000\nB\n",
    cues: [{ startMs: 3000, endMs: 4000, text: "B" }],
  },
  {
    name: "arrow inside the payload begins a cue",
    format: "vtt",
    input: "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nA\n00:00:03.000 --> 00:00:04.000\nB\n",
    cues: [
      { startMs: 1000, endMs: 2000, text: "A" },
      { startMs: 3000, endMs: 4000, text: "B" },
    ],
  },
  {
    name: "end before start",
    format: "vtt",
    input: "WEBVTT\n\n00:00:02.000 --> 00:00:01.000\nA\n\n00:00:03.000 --> 00:00:04.000\nB\n",
    lastCueDecides: true,
    cues: [
      { startMs: 2000, endMs: 1000, text: "A" },
      { startMs: 3000, endMs: 4000, text: "B" },
    ],
  },
];

export const trickyInputs: ConformanceCase[] = [...srt, ...vtt];
