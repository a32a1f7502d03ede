import { compactText } from "@/lib/subtitles/cue-parts";
import type { Cue } from "@/lib/subtitles/model";
import { compareCues, type SimpleOperation } from "@/lib/subtitles/operations";
import {
  type Change,
  type Fault,
  isBetter,
  isCrowded,
  isEmpty,
  nextCue,
  operationOf,
} from "@/lib/subtitles/quality/changes";
import type { RuleJudge } from "@/lib/subtitles/quality/rule-judge";
import { isMissing, isRestored, restoredId } from "@/lib/subtitles/quality/speech-findings";
import { bareCue, mergeCues, splitCue } from "@/lib/subtitles/quality/splitting";
import {
  type Finding,
  type RemovedText,
  type RepairKind,
  ruleNames,
  type TrackEvidence,
} from "@/lib/subtitles/quality/types";
import { breakLines } from "@/lib/subtitles/segmentation";
import { applyTiming } from "@/lib/subtitles/timing";

interface Options {
  judge: RuleJudge;
  evidence: TrackEvidence;
  /** BCP 47, the track's. */
  language: string;
}

/** A cue's end can have to do with cuts of the picture so near, in ms. */
const shotReachMs = 30_000;

/**
 * A longer text, in UTF-16 units, is no subtitle but a document under one time: cutting it would
 * take seconds and give cues whose times are all invented.
 */
const longestText = 20_000;

const faultNames = new Set<string>([...ruleNames, "empty"]);

/** Finds repairs for cues in a list that it may also change, in a track's order. */
export class Mender {
  readonly #cues: Cue[];
  readonly #options: Options;
  readonly #ids: Set<string>;
  readonly #shotChanges: readonly number[];
  /** A cue's pieces don't depend on what is around it; they are worth keeping. */
  readonly #pieces = new WeakMap<Cue, Cue[] | null>();
  #places: Map<string, number> | undefined;

  constructor(cues: readonly Cue[], options: Options) {
    this.#cues = [...cues];
    this.#options = options;
    this.#ids = new Set(cues.map(({ id }) => id));
    this.#shotChanges = [...(options.evidence.shotChanges ?? [])].sort((a, b) => a - b);
  }

  get cues(): readonly Cue[] {
    return this.#cues;
  }

  /** The kind of repair there is for a finding. */
  repairOf(finding: Pick<Finding, "id" | "code" | "cueId">): RepairKind | undefined {
    if (finding.code === "removed_text") return this.#removed(finding) ? "restore" : undefined;
    return this.#changeFor(finding)?.kind;
  }

  /** The edit that repairs what was found. */
  proposal(finding: Pick<Finding, "id" | "code" | "cueId">): SimpleOperation | undefined {
    const removed = finding.code === "removed_text" ? this.#removed(finding) : undefined;
    if (removed) return this.#restoration(removed);
    const change = this.#changeFor(finding);
    return change && operationOf(this.#cues, change);
  }

  /** The first change of these kinds that is for a fault of the cue at `index` and good. */
  changeAt(index: number, fault: Fault, kinds?: ReadonlySet<RepairKind>): Change | undefined {
    const length = this.#cues[index]?.text.length ?? 0;
    if (length > longestText || isCrowded(this.#cues, index)) return undefined;
    for (const change of this.#candidates(index, fault)) {
      if (kinds && !kinds.has(change.kind)) continue;
      if (isBetter(this.#cues, change, fault, this.#options.judge)) return change;
    }
    return undefined;
  }

  /** Makes a change in the list; answers it as an edit. */
  make(change: Change): SimpleOperation {
    const { from, to, insert } = change;
    const operation = operationOf(this.#cues, change);
    for (const { id } of this.#cues.splice(from, to - from, ...insert)) this.#ids.delete(id);
    for (const { id } of insert) this.#ids.add(id);
    this.#places = undefined;
    return operation;
  }

  /** Puts a removed text back into the list; answers it as an edit. */
  restore(removed: RemovedText): SimpleOperation | undefined {
    if (!isMissing(removed, this.#cues, this.#ids)) return undefined;
    const operation = this.#restoration(removed);
    const cues = operation.kind === "insertCue" ? [operation.cue] : operation.insert;
    for (const cue of cues) {
      const at = lowerBound(this.#cues, (other) => compareCues(other, cue) > 0);
      this.#cues.splice(at, 0, cue);
      this.#ids.add(cue.id);
    }
    this.#places = undefined;
    return operation;
  }

  #changeFor({ code, cueId }: Pick<Finding, "code" | "cueId">): Change | undefined {
    if (cueId === undefined || !faultNames.has(code)) return undefined;
    this.#places ??= new Map(this.#cues.map(({ id }, i) => [id, i]));
    const index = this.#places.get(cueId);
    return index === undefined ? undefined : this.changeAt(index, code as Fault);
  }

  *#candidates(index: number, fault: Fault): Generator<Change> {
    const cue = this.#cues[index];
    if (!cue) return;
    switch (fault) {
      case "line_width":
      case "line_count":
        yield* this.#broken(index, cue);
        yield* this.#split(index, cue);
        return;
      case "reading_speed":
        yield* this.#timed(index, cue, "extend");
        return;
      case "min_duration":
        yield* this.#timed(index, cue, "extend");
        yield* this.#merged(index);
        yield* this.#merged(index - 1);
        return;
      case "max_duration":
        if (speaksLonger(cue, this.#options.judge)) yield* this.#split(index, cue);
        yield* this.#timed(index, cue, "shorten");
        yield* this.#split(index, cue);
        return;
      case "gap":
      case "overlap":
        yield* this.#timed(index, cue, "separate");
        return;
      case "empty":
        if (isEmpty(cue)) yield { kind: "remove_empty", from: index, to: index + 1, insert: [] };
    }
  }

  *#broken(index: number, cue: Cue): Generator<Change> {
    const language = cue.language ?? this.#options.language;
    const text = breakLines(cue.text, { language, profile: this.#options.judge.profile });
    if (text === cue.text || compactText(text) !== compactText(cue.text)) return;
    yield { kind: "break_lines", from: index, to: index + 1, insert: [{ ...cue, text }] };
  }

  *#timed(index: number, cue: Cue, kind: "extend" | "shorten" | "separate"): Generator<Change> {
    const [timed] = this.#timing([cue], nextCue(this.#cues, index));
    if (!timed || timed.endMs === cue.endMs) return;
    if (kind === "extend" && timed.endMs < cue.endMs) return;
    if (kind !== "extend" && timed.endMs > cue.endMs) return;
    yield { kind, from: index, to: index + 1, insert: [timed] };
  }

  *#split(index: number, cue: Cue): Generator<Change> {
    const pieces = this.#piecesOf(cue);
    if (!pieces) return;
    const insert = this.#timing(pieces, nextCue(this.#cues, index));
    yield { kind: "split", from: index, to: index + 1, insert };
  }

  *#merged(index: number): Generator<Change> {
    const [a, b] = [this.#cues[index], this.#cues[index + 1]];
    // By its id a removed text is known to be back.
    if (!a || !b || isRestored(a) || isRestored(b)) return;
    const one = mergeCues(a, b, this.#making());
    if (one) yield { kind: "merge", from: index, to: index + 2, insert: [one] };
  }

  #piecesOf(cue: Cue): Cue[] | undefined {
    let pieces = this.#pieces.get(cue);
    if (pieces === undefined) {
      pieces = splitCue(cue, this.#making(), this.#freshIds(cue.id)) ?? null;
      this.#pieces.set(cue, pieces);
    }
    return pieces ?? undefined;
  }

  /** Ends by the rules, beside the cue that follows. */
  #timing(cues: readonly Cue[], next: Cue | undefined): Cue[] {
    const { judge, evidence } = this.#options;
    const [first, last] = [cues[0]?.startMs ?? 0, cues.at(-1)?.startMs ?? 0];
    const near = this.#shotChanges.slice(
      lowerBound(this.#shotChanges, (ms) => ms >= first - shotReachMs),
      lowerBound(this.#shotChanges, (ms) => ms > last + shotReachMs),
    );
    const timed = applyTiming({
      cues: next ? [...cues, next] : cues,
      profile: judge.profile,
      fps: evidence.fps,
      shotChanges: near,
      durationMs: evidence.durationMs,
    });
    return timed.slice(0, cues.length);
  }

  #making() {
    const { judge, evidence, language } = this.#options;
    return { profile: judge.profile, language, fps: evidence.fps };
  }

  /** The same for the same cues, so that a repair is the same wherever it is worked out. */
  #freshIds(id: string): () => string {
    const stem = id.slice(0, 56);
    let number = 1;
    return () => {
      do number += 1;
      while (this.#ids.has(`${stem}~${number}`));
      return `${stem}~${number}`;
    };
  }

  #removed({ id }: Pick<Finding, "id">): RemovedText | undefined {
    const removed = this.#options.evidence.removed.find((text) => `removed_text:${text.id}` === id);
    return removed && isMissing(removed, this.#cues, this.#ids) ? removed : undefined;
  }

  /** Puts a removed text back where it was, in as many cues as it needs. */
  #restoration(
    removed: RemovedText,
  ): Extract<SimpleOperation, { kind: "insertCue" | "replaceCues" }> {
    const { language, judge } = this.#options;
    const bare = bareCue(restoredId(removed), removed, removed.text);
    const cue: Cue = {
      ...bare,
      ...(removed.speaker !== undefined && { speaker: removed.speaker }),
      provenance: { origin: "repair" },
    };
    const lines = breakLines(cue.text, { language, profile: judge.profile });
    const whole = { ...cue, text: lines };
    const fits = judge.measures(whole).broken.every((rule) => !rule.startsWith("line_"));
    const pieces = fits ? [whole] : (this.#piecesOf(cue) ?? [whole]);
    const lastMs = pieces.at(-1)?.startMs ?? 0;
    const next = this.#cues[lowerBound(this.#cues, ({ startMs }) => startMs > lastMs)];
    const insert = this.#timing(pieces, next);
    const [only] = insert;
    if (only && insert.length === 1) return { kind: "insertCue", cue: only };
    return { kind: "replaceCues", remove: [], insert };
  }
}

/** The place of the first item that passes; those after it do, too. */
function lowerBound<T>(items: readonly T[], passes: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && passes(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether the speech goes on after the longest time that a cue may show. */
function speaksLonger(cue: Cue, { profile }: RuleJudge): boolean {
  const endMs = cue.words?.at(-1)?.endMs;
  return endMs !== undefined && endMs > cue.startMs + profile.maxDurationMs;
}
