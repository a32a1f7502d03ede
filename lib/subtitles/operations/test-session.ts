import type { Cue, TrackContent } from "@/lib/subtitles/model";
import {
  applyToTrack,
  type EditOperation,
  type SubtitleOperation,
} from "@/lib/subtitles/operations";
import {
  deleteCues,
  duplicateCue,
  insertCue,
  mergeWithNeighbour,
  moveCues,
  setEnd,
  setSpeakers,
  setStart,
  setStartShiftRest,
  setStyles,
  snapToShots,
  splitByLines,
  splitCue,
  stretchCues,
  swapTexts,
} from "@/lib/subtitles/operations/editing";
import { makeCue } from "@/lib/subtitles/operations/editing/test-tracks";
import { changedSince, invertGroup } from "@/lib/subtitles/operations/test-steps";
import { ruleProfile } from "@/lib/subtitles/rules";
import { replaceMatches } from "@/lib/subtitles/search";
import { defaultStyle, stylePresetNames, stylePresets } from "@/lib/subtitles/style";

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface LogEntry {
  actor: number;
  operation: EditOperation;
  inverse: EditOperation;
}

/** Edits that are undone together: the place in the log of the first, and behind the last. */
interface Step {
  from: number;
  to: number;
}

const words = [
  "오늘은",
  "회의를",
  "시작할게요.",
  "네,",
  "Good",
  "morning",
  "<i>정말</i>",
  "今日は",
];

/**
 * Several people who edit one track at random: every kind of edit there is, in groups, and each
 * takes back and makes again only what is their own.
 */
export class RandomSession {
  readonly log: LogEntry[] = [];
  readonly counts = { edits: 0, refused: 0, undone: 0, redone: 0, kept: 0 };
  content: TrackContent;
  readonly #random: () => number;
  readonly #undo: Step[][];
  readonly #redo: Step[][];
  readonly #kept = new Set<LogEntry>();
  #ids = 0;

  constructor(seed: number, actors: number) {
    this.#random = randomFrom(seed);
    this.#undo = Array.from({ length: actors }, () => []);
    this.#redo = Array.from({ length: actors }, () => []);
    const cues = Array.from({ length: 40 }, (_, i) => {
      const span = [i * 3_000, i * 3_000 + 2_000] as const;
      return makeCue(`c${i}`, span, this.#text(), { spoken: i % 2 === 0 });
    });
    this.content = { cues, style: null };
  }

  /** One turn of somebody: some edits, or an undo, or a redo. Answers what was applied. */
  turn(): EditOperation[] {
    const actor = this.#below(this.#undo.length);
    const dice = this.#random();
    if (dice < 0.25) return this.#takeBack(actor, this.#undo, this.#redo, "undone");
    if (dice < 0.4) return this.#takeBack(actor, this.#redo, this.#undo, "redone");
    const from = this.log.length;
    const applied: EditOperation[] = [];
    for (let i = this.#below(3); i >= 0; i--) {
      const edit = this.#edit();
      const operation = edit.ok ? edit.operation : undefined;
      if (operation && this.#apply(actor, operation)) applied.push(operation);
      else this.counts.refused += 1;
    }
    if (applied.length === 0) return [];
    this.counts.edits += applied.length;
    this.#undo[actor]?.push({ from, to: this.log.length });
    this.#redo[actor]?.splice(0);
    return applied;
  }

  /** Takes back everything that somebody can take back. */
  undoAll(actor: number): void {
    while (this.#undo[actor]?.length) this.#takeBack(actor, this.#undo, this.#redo, "undone");
  }

  /** Makes again everything that somebody has taken back. */
  redoAll(actor: number): void {
    while (this.#redo[actor]?.length) this.#takeBack(actor, this.#redo, this.#undo, "redone");
  }

  #takeBack(
    actor: number,
    from: readonly Step[][],
    to: readonly Step[][],
    what: "undone" | "redone",
  ): EditOperation[] {
    const step = from[actor]?.pop();
    if (!step) return [];
    const edits = this.log.slice(step.from, step.to);
    const later = this.log
      .slice(step.to)
      .filter((entry) => entry.actor !== actor || this.#kept.has(entry))
      .map(({ operation }) => operation);
    if (changedSince(edits, later)) {
      // It stays for good; what the same person made before it and it doesn't touch needn't.
      for (const edit of edits) this.#kept.add(edit);
      this.counts.kept += 1;
      return [];
    }
    const start = this.log.length;
    const inverses = invertGroup(edits).filter(isEdit);
    for (const inverse of inverses) {
      if (!this.#apply(actor, inverse))
        throw new Error(`can't take back: ${JSON.stringify(inverse)}`);
    }
    to[actor]?.push({ from: start, to: this.log.length });
    this.counts[what] += 1;
    return inverses;
  }

  #apply(actor: number, operation: EditOperation): boolean {
    const result = applyToTrack(this.content, operation);
    if (!result.ok) return false;
    this.content = result.content;
    this.log.push({ actor, operation, inverse: result.inverse });
    return true;
  }

  #edit(): { ok: true; operation: EditOperation } | { ok: false } {
    const { cues } = this.content;
    const cue = cues[this.#below(cues.length)];
    const making = { profile: ruleProfile("ko"), language: "ko", fps: 25 };
    const place = { cues, id: this.#id(), ...making };
    const ms = this.#below(150_000);
    if (!cue || cues.length < 20)
      return insertCue({ ...place, place: { atMs: ms }, overlap: true });
    if (cues.length > 120) return deleteCues(cues, new Set(cues.slice(0, 60).map(({ id }) => id)));
    const ids = new Set(Array.from({ length: 1 + this.#below(5) }, () => this.#cueId(cues)));
    const { id: cueId } = cue;
    const makeId = () => this.#id();
    const neighbours = this.#oneOf(["leave", "clamp", "push"] as const);
    const choices: (() => { ok: true; operation: EditOperation } | { ok: false })[] = [
      () => ok({ kind: "setText", cueId, text: this.#text() }),
      () => ok({ kind: "setText", cueId: "nobody's", text: "" }),
      () => ok({ kind: "setTimes", cueId, startMs: ms, endMs: ms + 1 + this.#below(5_000) }),
      () => ok({ kind: "setSpeaker", cueId, speaker: this.#oneOf([null, "민수", "영희"]) }),
      () => ok({ kind: "setStyle", cueId, style: this.#oneOf([null, { bold: true }, {}]) }),
      () => ok({ kind: "setTrackStyle", style: this.#look() }),
      () => ok({ kind: "insertCue", cue: { ...cue, text: "같은 이름" } }),
      () =>
        ok({
          kind: "batch",
          operations: [
            { kind: "removeCue", cueId },
            { kind: "insertCue", cue },
          ],
        }),
      () => splitCue({ cue, at: { caret: this.#below(cue.text.length + 1) }, makeId, ...making }),
      () => splitCue({ cue, at: { playheadMs: (cue.startMs + cue.endMs) / 2 }, makeId, ...making }),
      () => splitByLines({ cue, makeId, ...making }),
      () =>
        mergeWithNeighbour({
          cues,
          cueId,
          neighbour: this.#oneOf(["next", "previous"]),
          ...making,
        }),
      () => insertCue({ ...place, place: { after: cueId } }),
      () => insertCue({ ...place, place: { before: cueId }, overlap: true }),
      () => duplicateCue({ ...place, cueId }),
      () => deleteCues(cues, ids),
      () => moveCues(cues, ids, this.#below(4_000) - 2_000),
      () =>
        setStart({ cues, cueId, ms: cue.startMs + this.#below(900) - 450, neighbours, ...making }),
      () => setEnd({ cues, cueId, ms: cue.endMs + this.#below(900) - 450, neighbours, ...making }),
      () => setStartShiftRest(cues, cueId, cue.startMs + this.#below(400) - 200),
      () =>
        stretchCues(cues, ids, [
          { fromMs: 0, toMs: 10 },
          { fromMs: 1_000, toMs: 990 + this.#below(40) },
        ]),
      () => snapToShots({ cues, ids, shotChanges: [ms, ms + 700], ...making }),
      () => setSpeakers(cues, ids, this.#oneOf([null, "민수"])),
      () =>
        setStyles(cues, ids, { italic: this.#random() < 0.5 }, this.content.style ?? defaultStyle),
      () => swapTexts(cues, cueId, this.#cueId(cues)),
      () => this.#replace(cues),
    ];
    return this.#oneOf(choices)();
  }

  #replace(cues: readonly Cue[]): { ok: true; operation: EditOperation } | { ok: false } {
    const search = { regex: false, matchCase: false, wholeWord: false, in: "text" as const };
    const query = this.#oneOf(words.slice(0, 4));
    const replaced = replaceMatches({
      cues,
      search: { ...search, query },
      template: this.#oneOf(words),
    });
    return replaced.ok && replaced.operation ? ok(replaced.operation) : { ok: false };
  }

  #text(): string {
    const space = () => this.#oneOf([" ", " ", "\n"]);
    return Array.from({ length: 1 + this.#below(5) }, () => this.#oneOf(words) + space())
      .join("")
      .trim();
  }

  #look() {
    return this.#random() < 0.3 ? null : stylePresets[this.#oneOf(stylePresetNames)];
  }

  #cueId(cues: readonly Cue[]): string {
    return cues[this.#below(cues.length)]?.id ?? "";
  }

  #id(): string {
    this.#ids += 1;
    return `n${this.#ids}`;
  }

  #below(most: number): number {
    return Math.floor(this.#random() * most);
  }

  #oneOf<Thing>(things: readonly Thing[]): Thing {
    return things[this.#below(things.length)] as Thing;
  }
}

function ok(operation: EditOperation): { ok: true; operation: EditOperation } {
  return { ok: true, operation };
}

function isEdit(operation: SubtitleOperation): operation is EditOperation {
  return operation.kind !== "replace";
}
