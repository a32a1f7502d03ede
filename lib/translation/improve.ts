import { AppError } from "@/lib/errors";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import {
  checkTranslation,
  type TranslationFinding,
} from "@/lib/subtitles/quality/translation-checks";
import { readingTimeMs, textWidth } from "@/lib/subtitles/rules";
import type { BatchOptions, BatchState } from "./batch";
import { contextOf, lineOf } from "./grouping";
import { judgeReply } from "./put-back";
import type { SourceCue, TranslatedCue, TranslationEngine } from "./types";

/** What is asked for again: at any engine where nothing was translated, else at the second one. */
const worthAnother: Partial<Record<TranslationFinding["code"], "any" | "second">> = {
  translation_missing: "any",
  translation_untranslated: "any",
  translation_repeated: "any",
  translation_numbers: "second",
  translation_placeholders: "second",
  translation_glossary: "second",
};

/** Of a batch; more of them wouldn't be slips but a translation that went wrong as a whole. */
const maxAgain = 12;

/**
 * Asks once more for cues in which a check finds something, alone and with their neighbours as
 * context, and makes shorter what can't be read in its time. An answer that isn't better is
 * dropped, and a failure here leaves the batch as it is: it is complete already.
 * `engines` are those that know the pair, the preferred one first.
 */
export async function improve(
  engines: readonly TranslationEngine[],
  options: BatchOptions,
  state: BatchState,
): Promise<void> {
  try {
    await askAgain(engines, options, state);
    await shorten(engines, options, state);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!AppError.is(error)) throw error;
  }
}

async function askAgain(
  engines: readonly TranslationEngine[],
  options: BatchOptions,
  state: BatchState,
): Promise<void> {
  const found = findingsOf(options, state.done);
  const [first] = engines;
  for (const [cueId, codes] of [...found].slice(0, maxAgain)) {
    const cue = options.cues.find(({ id }) => id === cueId);
    const asked = state.done.get(cueId);
    const second = engines.find((engine) => engine.id !== asked?.engine);
    const any = codes.some((code) => worthAnother[code] === "any");
    const engine = second ?? (any ? first : undefined);
    if (!cue || !engine) continue;
    const again = await translateAlone(engine, cue, options, state);
    if (!again) continue;
    const trial = new Map(state.done).set(cueId, again);
    if ((findingsOf(options, trial).get(cueId)?.length ?? 0) < codes.length) {
      state.done.set(cueId, again);
    }
  }
}

/** Codes that are worth another try, by cue. */
function findingsOf(options: BatchOptions, done: ReadonlyMap<string, TranslatedCue>) {
  const wanted = new Set(options.batch);
  const source = options.cues.filter(({ id }) => wanted.has(id));
  const found = new Map<string, TranslationFinding["code"][]>();
  const findings = checkTranslation({
    source: source.map(asCue),
    target: source.map((cue) => ({ ...asCue(cue), text: done.get(cue.id)?.text ?? "" })),
    sourceLanguage: options.source,
    targetLanguage: options.target,
    terms: options.terms,
  });
  for (const { cueId, code } of findings) {
    if (cueId === undefined || !worthAnother[code]) continue;
    found.set(cueId, [...(found.get(cueId) ?? []), code]);
  }
  return found;
}

function asCue({ id, startMs, endMs, text }: SourceCue): Cue {
  return { id, startMs, endMs, text };
}

async function translateAlone(
  engine: TranslationEngine,
  cue: SourceCue,
  options: BatchOptions,
  state: BatchState,
): Promise<TranslatedCue | undefined> {
  const { source, target, formality, terms, signal, cues } = options;
  const place = cues.indexOf(cue);
  const piece = { cues: [cue], ...contextOf(cues, place, place) };
  const result = await engine.translate({ piece, source, target, formality, terms, signal });
  state.requests += result.requests;
  state.billedCharacters += result.billedCharacters;
  const text = judgeReply([cue], result.reply).texts.get(cue.id);
  const before = state.done.get(cue.id);
  if (text === undefined || !before) return undefined;
  return { ...before, text, engine: engine.id, model: engine.model, way: "cue" };
}

/** A cue may stay this long into the pause after it, as the timing pass lets it. */
function timeOf(cue: SourceCue, next: SourceCue | undefined, lingerMs: number): number {
  const pause = Math.max(0, (next?.startMs ?? Number.POSITIVE_INFINITY) - cue.endMs);
  return cue.endMs - cue.startMs + Math.min(pause, lingerMs);
}

/** A model can't take out more than this and keep the sense; such a cue needs a person. */
const minKept = 0.4;

async function shorten(
  engines: readonly TranslationEngine[],
  options: BatchOptions,
  state: BatchState,
): Promise<void> {
  const { profile, source, target, formality, terms, signal } = options;
  const engine = engines.find((each) => each.shorten);
  if (!profile || !engine?.shorten) return;
  const wanted = new Set(options.batch);
  const long = options.cues.flatMap((cue, place) => {
    const done = state.done.get(cue.id);
    if (!done || !wanted.has(cue.id)) return [];
    const timeMs = timeOf(cue, options.cues[place + 1], profile.maxLingerMs);
    const share = timeMs / readingTimeMs(done.text, profile);
    if (share >= 1 || share < minKept) return [];
    const text = plainText(done.text);
    const maxCharacters = Math.floor(Array.from(text).length * share);
    return [{ cue, done, timeMs, request: { text, sourceText: lineOf(cue.text), maxCharacters } }];
  });
  if (long.length === 0) return;
  const texts = long.map(({ request }) => request);
  const answer = await engine.shorten({ texts, source, target, formality, terms, signal });
  state.requests += answer.requests;
  long.forEach(({ cue, done, timeMs }, index) => {
    const text = answer.texts[index];
    if (text === undefined || !/[\p{L}\p{N}]/u.test(text)) return;
    const shorter: TranslatedCue = {
      ...done,
      text,
      engine: engine.id,
      model: engine.model,
      shortened: true,
    };
    if (readingTimeMs(text, profile) > timeMs && !isMuchShorter(text, done.text)) return;
    const trial =
      findingsOf(options, new Map(state.done).set(cue.id, shorter)).get(cue.id)?.length ?? 0;
    const before = findingsOf(options, state.done).get(cue.id)?.length ?? 0;
    // What lost a number or a name in return for a second isn't better.
    if (trial <= before) state.done.set(cue.id, shorter);
  });
}

function isMuchShorter(text: string, than: string): boolean {
  return textWidth(plainText(text), "graphemes") <= textWidth(plainText(than), "graphemes") * 0.85;
}
