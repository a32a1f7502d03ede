import { z } from "zod";
import type { Cue } from "@/lib/subtitles/model";
import type { EditOperation, SimpleOperation } from "@/lib/subtitles/operations";
import { maxBatch, maxCueText } from "@/lib/subtitles/operations/limits";
import { styleOverrides, subtitleStyle } from "@/lib/subtitles/style/schema";
import { cleanLine, cleanText } from "@/lib/text";

/** 100 days: the longest time that subtitle formats write. */
const maxMs = 100 * 24 * 60 * 60 * 1000;

const cueId = cleanLine(1, 64);
const name = cleanLine(1, 200);
const languageCode = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/);
const ms = z.number().int().min(0).max(maxMs);
const text = cleanText.pipe(z.string().max(maxCueText));
const share = z.number().min(0).max(1);
const percent = z.number().min(0).max(100);

const times = { startMs: ms, endMs: ms };
const inOrder = { path: ["endMs"], error: "Must be after the start." };
const isInOrder = (span: { startMs: number; endMs: number }) => span.startMs < span.endMs;

const word = z.strictObject({
  text: cleanText.pipe(z.string().max(1_000)),
  ...times,
  confidence: share.optional(),
  interpolated: z.boolean().optional(),
  spaceBefore: z.boolean().optional(),
  speaker: name.optional(),
  language: languageCode.optional(),
  doubts: z
    .array(
      z.enum(["guess", "no_speech", "repetition", "anomaly", "outside_speech", "stock_phrase"]),
    )
    .max(6)
    .optional(),
  chunk: z.number().int().min(0).max(1_000_000).optional(),
});

const provenance = z.strictObject({
  origin: z.enum(["recognition", "translation", "import", "alignment", "repair"]),
  engine: name.optional(),
  model: name.optional(),
  jobId: z.uuid().optional(),
  at: z.iso.datetime().optional(),
  chunks: z.tuple([z.number().int().min(0), z.number().int().min(0)]).optional(),
  terms: z.array(name).max(200).optional(),
  translation: z
    .strictObject({
      sourceCueId: cueId,
      sourceText: text,
      way: z.enum(["scene", "part", "cue"]),
      shortened: z.boolean().optional(),
    })
    .optional(),
  matched: share.optional(),
});

const settings = z.strictObject({
  vertical: z.enum(["rl", "lr"]).optional(),
  line: z.number().min(-10_000).max(10_000).optional(),
  lineIsPercent: z.boolean().optional(),
  lineAlign: z.enum(["start", "center", "end"]).optional(),
  position: percent.optional(),
  positionAlign: z.enum(["line-left", "center", "line-right"]).optional(),
  size: percent.optional(),
  align: z.enum(["start", "center", "end", "left", "right"]).optional(),
  region: name.optional(),
});

/** What a cue may have beside its times and its text. */
const beside = {
  speaker: name.optional(),
  language: languageCode.optional(),
  provenance: provenance.optional(),
  settings: settings.optional(),
  words: z.array(word).max(2_000).optional(),
  sourceId: cleanText.pipe(z.string().max(500)).optional(),
  style: name.optional(),
  styleOverrides: styleOverrides.optional(),
};

/** A cue as a browser may bring it: one of its own, or one that it removed and puts back. */
const cue: z.ZodType<Cue> = z
  .strictObject({ id: cueId, ...times, text, ...beside })
  .refine(isInOrder, inOrder) as z.ZodType<Cue>;

/**
 * A cue of a file without what no edit could bring: removed in the editor it couldn't be put back,
 * and some of it the database doesn't take. `makeId`: where its own id can't be kept.
 */
export function withoutUnsent(given: Cue, makeId: () => string): Cue {
  const whole = cue.safeParse(given);
  if (whole.success) return whole.data;
  const { startMs, endMs } = given;
  const kept = (Object.keys(beside) as (keyof typeof beside)[]).flatMap((property) => {
    const { data } = beside[property].safeParse(given[property]);
    return data === undefined ? [] : [[property, data]];
  });
  return {
    ...(Object.fromEntries(kept) as Partial<Cue>),
    ...{ id: cueId.safeParse(given.id).data ?? makeId(), startMs, endMs },
    text: cleanText.parse(given.text).slice(0, maxCueText).toWellFormed(),
  };
}

const simpleOperation: z.ZodType<SimpleOperation> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("setText"), cueId, text }),
  z.strictObject({ kind: z.literal("setTimes"), cueId, ...times }).refine(isInOrder, inOrder),
  z.strictObject({ kind: z.literal("setSpeaker"), cueId, speaker: name.nullable() }),
  z.strictObject({ kind: z.literal("setStyle"), cueId, style: styleOverrides.nullable() }),
  z.strictObject({ kind: z.literal("insertCue"), cue }),
  z.strictObject({ kind: z.literal("removeCue"), cueId }),
  z.strictObject({
    kind: z.literal("replaceCues"),
    // As many as may come: what takes back that they came removes them.
    remove: z.array(cueId).max(maxBatch),
    insert: z.array(cue).max(maxBatch),
  }),
]);

/** What a browser may do to a track; `replace` is not among it. */
export const editOperation: z.ZodType<EditOperation> = z.union([
  simpleOperation,
  z.strictObject({
    kind: z.literal("batch"),
    operations: z.array(simpleOperation).min(1).max(maxBatch),
  }),
  z.strictObject({ kind: z.literal("setTrackStyle"), style: subtitleStyle.nullable() }),
]);
