import fc from "fast-check";
import { compactText } from "@/lib/subtitles/cue-parts";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue, Word } from "@/lib/subtitles/model";
import { applyOperation, type CueOperation, inTrackOrder } from "@/lib/subtitles/operations";
import type { Edited, EditRefusal } from "@/lib/subtitles/operations/editing/edited";

/** A cue from `startMs` to `endMs`, with words that share its time evenly if `spoken`. */
export function makeCue(
  id: string,
  [startMs, endMs]: readonly [number, number],
  text: string,
  { spoken = false, ...more }: Partial<Cue> & { spoken?: boolean } = {},
): Cue {
  const words = spoken ? { words: evenWords(text, startMs, endMs) } : {};
  return { id, startMs, endMs, text, ...words, ...more };
}

function evenWords(text: string, startMs: number, endMs: number): Word[] {
  const texts = plainText(text).split(/\s+/).filter(Boolean);
  const each = (endMs - startMs) / Math.max(1, texts.length);
  return texts.map((word, i) => ({
    text: word,
    startMs: Math.round(startMs + i * each),
    endMs: Math.round(startMs + (i + 1) * each),
  }));
}

const textParts = [
  ...[
    "오늘은",
    "회의를",
    "시작할게요.",
    "Good",
    "morning,",
    "everyone",
    "今日は",
    "👩‍👩‍👧",
    "<",
    ">",
  ],
  ...["<b>", "</b>", "<i>", "</i>", "-", "…"],
];

/** Cue texts with light markup, tidy or not, in up to four lines. */
export const cueText: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom(...textParts), fc.constantFrom(" ", " ", "\n", "")), {
    maxLength: 9,
  })
  .map((parts) => parts.flat().join("").trim());

/** A track in order whose cues may touch or lie over each other, with or without words. */
export const track: fc.Arbitrary<readonly Cue[]> = fc
  .array(
    fc.record({
      gapMs: fc.integer({ min: -400, max: 2_000 }),
      lengthMs: fc.integer({ min: 1, max: 6_000 }),
      text: cueText,
      spoken: fc.boolean(),
      speaker: fc.constantFrom(undefined, "민수", "영희"),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => {
    let at = 0;
    return inTrackOrder(
      parts.map(({ gapMs, lengthMs, text, spoken, speaker }, i) => {
        const startMs = Math.max(0, at + gapMs);
        at = startMs + lengthMs;
        return makeCue(`c${i}`, [startMs, at], text, { spoken, ...(speaker && { speaker }) });
      }),
    );
  });

/** What an edit makes of cues. @throws {Error} with the reason, if it can't be made. */
export function made(cues: readonly Cue[], edit: Edited): readonly Cue[] {
  if (!edit.ok) throw new Error(edit.reason);
  const applied = applyOperation(cues, edit.operation);
  if (!applied.ok) throw new Error(applied.code);
  return applied.cues;
}

export function reasonOf(edit: Edited): EditRefusal | undefined {
  return edit.ok ? undefined : edit.reason;
}

/**
 * What no edit may do. @throws {Error} where cues aren't in order, ids aren't unique, times aren't
 * whole numbers in order, or the inverse doesn't bring back exactly what was there.
 */
export function assertSound(cues: readonly Cue[], operation: CueOperation): readonly Cue[] {
  const applied = applyOperation(cues, operation);
  if (!applied.ok) throw new Error(applied.code);
  const now = applied.cues;
  if (inTrackOrder(now) !== now) throw new Error("not in order");
  if (new Set(now.map(({ id }) => id)).size !== now.length) throw new Error("ids not unique");
  for (const { startMs, endMs } of now) {
    const whole = Number.isInteger(startMs) && Number.isInteger(endMs);
    if (!whole || startMs < 0 || endMs <= startMs) throw new Error(`${startMs} to ${endMs}`);
  }
  const back = applyOperation(now, applied.inverse);
  if (!back.ok || JSON.stringify(back.cues) !== JSON.stringify(cues)) throw new Error("inverse");
  return now;
}

/** Everything that is said and everything that was heard, in order, to see that nothing is lost. */
export function contents(cues: readonly Cue[]): { said: string; heard: string } {
  return {
    said: cues.map(({ text }) => compactText(text)).join(""),
    heard: cues
      .flatMap(({ words = [] }) => words)
      .map(({ text }) => text.replace(/\s+/g, ""))
      .join(""),
  };
}
