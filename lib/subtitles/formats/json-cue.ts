import {
  flagOf,
  isObject,
  listOf,
  numberOf,
  oneOf,
  type Shape,
  shaped,
  textOf,
  wholeOf,
} from "@/lib/subtitles/formats/json-shape";
import type { Cue, CueProvenance, CueSettings, HeaderBlock, Word } from "@/lib/subtitles/model";
import { styleOverrides, subtitleStyle } from "@/lib/subtitles/style/schema";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

const doubts = [
  "guess",
  "no_speech",
  "repetition",
  "anomaly",
  "outside_speech",
  "stock_phrase",
] as const;
const origins = ["recognition", "translation", "import", "alignment", "repair"] as const;

const wordShape: Shape<Word> = {
  text: textOf,
  startMs: wholeOf,
  endMs: wholeOf,
  confidence: numberOf,
  interpolated: flagOf,
  spaceBefore: flagOf,
  speaker: textOf,
  language: textOf,
  doubts: (value) => listOf(value, (one) => oneOf(one, doubts)),
  chunk: wholeOf,
};

function word(value: unknown): Word | undefined {
  const read = shaped<Word>(value, wordShape);
  const { text, startMs, endMs } = read ?? {};
  if (text === undefined || startMs === undefined || endMs === undefined) return undefined;
  return { ...read, text, startMs, endMs };
}

const settingsShape: Shape<CueSettings> = {
  vertical: (value) => oneOf(value, ["rl", "lr"]),
  line: numberOf,
  lineIsPercent: flagOf,
  lineAlign: (value) => oneOf(value, ["start", "center", "end"]),
  position: numberOf,
  positionAlign: (value) => oneOf(value, ["line-left", "center", "line-right"]),
  size: numberOf,
  align: (value) => oneOf(value, ["start", "center", "end", "left", "right"]),
  region: textOf,
};

type Translation = NonNullable<CueProvenance["translation"]>;

const translationShape: Shape<Translation> = {
  sourceCueId: textOf,
  sourceText: textOf,
  way: (value) => oneOf(value, ["scene", "part", "cue"]),
  shortened: flagOf,
};

function translation(value: unknown): Translation | undefined {
  const read = shaped<Translation>(value, translationShape);
  const { sourceCueId, sourceText, way } = read ?? {};
  if (sourceCueId === undefined || sourceText === undefined || way === undefined) return undefined;
  return { ...read, sourceCueId, sourceText, way };
}

const provenanceShape: Shape<CueProvenance> = {
  origin: (value) => oneOf(value, origins),
  engine: textOf,
  model: textOf,
  jobId: textOf,
  at: textOf,
  chunks: (value) => {
    const [first, last, ...more] = listOf(value, wholeOf) ?? [];
    return first !== undefined && last !== undefined && more.length === 0
      ? [first, last]
      : undefined;
  },
  terms: (value) => listOf(value, textOf),
  translation,
  matched: numberOf,
};

function provenance(value: unknown): CueProvenance | undefined {
  const read = shaped<CueProvenance>(value, provenanceShape);
  return read?.origin === undefined ? undefined : { ...read, origin: read.origin };
}

/** A whole look, in its own bounds. */
export function lookOf(value: unknown): SubtitleStyle | undefined {
  return subtitleStyle.safeParse(value).data;
}

function ownLook(value: unknown): StyleOverrides | undefined {
  const read = styleOverrides.safeParse(value).data;
  return read && Object.keys(read).length > 0 ? read : undefined;
}

/** In the order in which they stand in a file. */
const cueShape: Shape<Cue> = {
  id: textOf,
  startMs: wholeOf,
  endMs: wholeOf,
  text: textOf,
  speaker: textOf,
  language: textOf,
  settings: (value) => shaped<CueSettings>(value, settingsShape),
  style: textOf,
  styleOverrides: ownLook,
  sourceId: textOf,
  provenance,
  words: (value) => listOf(value, word),
};

/** A cue with its id as the file has it, or "". Undefined when it has no times or no text. */
export function cueOf(value: unknown): Cue | undefined {
  const read = shaped<Cue>(value, cueShape);
  const { startMs, endMs, text, id = "" } = read ?? {};
  if (startMs === undefined || endMs === undefined || text === undefined) return undefined;
  return { ...read, id, startMs, endMs, text };
}

export function headerOf(value: unknown): HeaderBlock | undefined {
  if (!isObject(value)) return undefined;
  const text = textOf(value.text);
  if (text === undefined) return undefined;
  if (value.format === "vtt") {
    const kind = oneOf(value.kind, ["header", "style", "region", "note"]);
    return kind && { format: "vtt", kind, text };
  }
  const kind = oneOf(value.kind, ["info", "styles", "section"]);
  const name = textOf(value.name);
  if (value.format !== "ass" || kind === undefined || name === undefined) return undefined;
  return { format: "ass", kind, name, text };
}

/** A cue with its properties in the order of the file, so that the same cue gives the same text. */
export function orderedCue(cue: Cue): Record<string, unknown> {
  const ordered: Record<string, unknown> = {};
  for (const name of Object.keys(cueShape) as (keyof Cue)[]) {
    if (cue[name] !== undefined) ordered[name] = cue[name];
  }
  return ordered;
}
