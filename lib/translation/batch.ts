import { AppError } from "@/lib/errors";
import { writesSpaces } from "@/lib/subtitles/model";
import { termsIn } from "@/lib/subtitles/quality/translation-terms";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { contextOf, hasWords, lineOf, oneLine, scenesOf } from "./grouping";
import { judgeReply, smallerParts, splitLongText } from "./put-back";
import type {
  Formality,
  SourceCue,
  TermPair,
  TranslatedBatch,
  TranslatedCue,
  TranslationEngine,
} from "./types";

/** Of the cues of a batch, this many may stay without a translation, to be mended by a person. */
const tolerableShare = 0.05;

export interface BatchOptions {
  /** Ids of the cues to translate, in order. */
  batch: readonly string[];
  /** All cues of the track, in order: what is said around the batch is the engines' context. */
  cues: readonly SourceCue[];
  source: string;
  target: string;
  formality: Formality;
  terms: readonly TermPair[];
  /** The target's rules: what can't be read in its time is made shorter, where an engine can. */
  profile?: RuleProfile | undefined;
  signal?: AbortSignal | undefined;
}

/** What is found out while a batch is translated. */
export interface BatchState {
  done: Map<string, TranslatedCue>;
  billedCharacters: number;
  requests: number;
}

/**
 * Translates a batch with one engine: by scenes; what a reply lost, repeated or moved again in
 * smaller parts, and what is still missing cue by cue. Whatever came back stays in `state` also
 * when a later request fails.
 * @throws {AppError} what the engine throws; when too many cues are missing translation_bad_answer, or
 *   translation_rejected where the engine won't translate any of them.
 */
export async function translateWith(
  engine: TranslationEngine,
  options: BatchOptions,
  state: BatchState,
): Promise<void> {
  const work = new BatchWork(engine, options, state);
  const wanted = new Set(options.batch.filter((id) => !state.done.has(id)));
  const cues = options.cues.filter(({ id }) => wanted.has(id));
  const worded = cues.filter((cue) => hasWords(cue.text));
  for (const cue of cues) if (!hasWords(cue.text)) work.keepAsIs(cue);
  const long = worded.filter((cue) => splitLongText(lineOf(cue.text)).length > 1);
  const scenes = scenesOf(worded.filter((cue) => !long.includes(cue)));
  await settled([
    ...scenes.map((scene) => work.scene(scene)),
    ...long.map((cue) => work.longCue(cue)),
  ]);
  const missing = cues.filter(({ id }) => !state.done.has(id));
  if (missing.length > Math.max(1, options.batch.length * tolerableShare)) {
    const refused = missing.every(({ id }) => work.refused.has(id));
    throw new AppError(refused ? "translation_rejected" : "translation_bad_answer", {
      detail: `${engine.id}: ${missing.length} of ${options.batch.length} cues missing`,
    });
  }
  for (const cue of missing) work.leaveOut(cue);
}

/** Waits for all, so that what was paid for is kept, and then fails as the first of them did. */
async function settled(tasks: Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(tasks);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

class BatchWork {
  readonly engine: TranslationEngine;
  readonly options: BatchOptions;
  readonly state: BatchState;
  /** Ids of the cues that the engine, asked for nothing else, wouldn't translate. */
  readonly refused = new Set<string>();
  readonly #places: Map<string, number>;

  constructor(engine: TranslationEngine, options: BatchOptions, state: BatchState) {
    this.engine = engine;
    this.options = options;
    this.state = state;
    this.#places = new Map(options.cues.map(({ id }, place) => [id, place]));
  }

  async scene(cues: SourceCue[]): Promise<void> {
    const damaged = await this.ask(cues, "scene");
    if (damaged.size === 0) return;
    if (cues.length === 1) return this.one(cues[0] as SourceCue);
    const parts = smallerParts(cues, damaged);
    this.takeBack(parts.flat());
    await settled(parts.map((part) => this.part(part)));
  }

  async part(cues: SourceCue[]): Promise<void> {
    if (cues.length === 1) return this.one(cues[0] as SourceCue);
    const damaged = await this.ask(cues, "part");
    if (damaged.size === 0) return;
    this.takeBack(cues);
    await settled(cues.map((cue) => this.one(cue)));
  }

  /** A cue alone, its neighbours as context; one more try, since a lost one can't get smaller. */
  async one(cue: SourceCue): Promise<void> {
    const damaged = await this.ask([cue], "cue");
    if (damaged.size > 0 && !this.refused.has(cue.id)) await this.ask([cue], "cue");
  }

  /** A cue too long for a request: in pieces, each seeing its neighbours, without markup. */
  async longCue(cue: SourceCue): Promise<void> {
    const pieces = splitLongText(lineOf(cue.text)).map((text, index) => ({
      ...cue,
      id: `${cue.id}#${index}`,
      text,
    }));
    const texts: string[] = [];
    for (const [index, piece] of pieces.entries()) {
      const { before, after } = contextOf(pieces, index, index);
      const result = await this.send([piece], before, after);
      const text = judgeReply([piece], result).texts.get(piece.id);
      if (text === undefined) return;
      texts.push(text);
    }
    this.keep(cue, texts.join(writesSpaces(this.options.target) ? " " : ""), "cue");
  }

  /** Ids of the cues that didn't come back well. */
  async ask(cues: SourceCue[], way: TranslatedCue["way"]): Promise<Set<string>> {
    const first = this.#places.get(cues[0]?.id ?? "") ?? 0;
    const last = this.#places.get(cues.at(-1)?.id ?? "") ?? first;
    const { before, after } = contextOf(this.options.cues, first, last);
    const reply = await this.send(cues, before, after);
    const { texts, damaged } = judgeReply(cues, reply);
    if (way === "cue" && reply.refused) for (const { id } of cues) this.refused.add(id);
    for (const cue of cues) {
      const text = texts.get(cue.id);
      if (text !== undefined) this.keep(cue, text, way);
    }
    return damaged;
  }

  async send(cues: SourceCue[], before: string, after: string) {
    const { source, target, formality, terms, signal } = this.options;
    const piece = { cues, before, after };
    this.state.requests += 1;
    const result = await this.engine.translate({
      piece,
      source,
      target,
      formality,
      terms,
      signal,
    });
    this.state.requests += result.requests - 1;
    this.state.billedCharacters += result.billedCharacters;
    return result.reply;
  }

  keep(cue: SourceCue, text: string, way: TranslatedCue["way"]): void {
    const { id: engine, model } = this.engine;
    const terms = termsIn(lineOf(cue.text), this.options.terms).map(({ source }) => source);
    this.state.done.set(cue.id, {
      cueId: cue.id,
      text,
      engine,
      model,
      way,
      ...(terms.length > 0 && { terms }),
    });
  }

  /** Words of a lost cue sit in its neighbours, so all that is asked for again counts as lost. */
  takeBack(cues: SourceCue[]): void {
    for (const { id } of cues) this.state.done.delete(id);
  }

  keepAsIs(cue: SourceCue): void {
    this.keep(cue, oneLine(cue.text), "scene");
  }

  /** No way brought it back: left empty, so that the report shows it and a person fills it in. */
  leaveOut(cue: SourceCue): void {
    this.keep(cue, "", "cue");
  }
}

/** The batch's result, in the batch's order. */
export function batchResult(batch: readonly string[], state: BatchState): TranslatedBatch {
  return {
    cues: batch.flatMap((id) => state.done.get(id) ?? []),
    billedCharacters: state.billedCharacters,
    requests: state.requests,
  };
}
