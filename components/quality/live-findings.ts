import type { Cue } from "@/lib/subtitles/model";
import { type LiveRules, type LiveSide, takeChanges } from "@/lib/subtitles/quality/live";
import type { Finding } from "@/lib/subtitles/quality/types";
import { changeFindings, type FindingChanges } from "./finding-changes";
import { orderFindings, type QueuedFinding } from "./finding-queue";
import type { Judge } from "./judges";

/**
 * Judged again once edits have rested for so long, but at the latest after so long, in ms; longer
 * where judging takes long, so that it never has more than a part of the machine.
 */
const restMs = 500;
const latestMs = 4_000;
/** Of the time that the last judging took. */
const latestShare = 8;
/** Cues that are handed over at a time: a whole track at once would hold up a keystroke. */
const atOnce = 1_000;

/** A track that is followed. */
export interface Followed {
  cues: () => readonly Cue[];
  subscribe: (listener: () => void) => () => void;
}

interface LiveFindingsOptions {
  target: Followed;
  /** Of a translation: what it renders. */
  source: Followed | null;
  rules: LiveRules;
  /** Known already, of the cues as they are now. */
  initial?: readonly Finding[] | undefined;
  makeJudge: (rules: LiveRules) => Judge;
  /** Where the first way to judge fails. */
  fallback: (rules: LiveRules) => Judge;
}

/**
 * What is the matter with a track while it is edited. Nothing is worked out before the first
 * change, and never in the way of one: changes are handed over when they rest.
 */
export class LiveFindings {
  readonly #options: LiveFindingsOptions;
  readonly #listeners = new Set<() => void>();
  readonly #known: Record<LiveSide, Map<string, Cue>> = {
    target: new Map(),
    source: new Map(),
  };
  #findings: readonly QueuedFinding[] | undefined;
  /** What the judge knows us to have: nothing, while it hasn't answered yet. */
  #told: readonly QueuedFinding[] = [];
  #judge: Judge | undefined;
  #broken = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitingSinceMs: number | undefined;
  #working = false;
  #tookMs = 0;
  /** Counts the times that somebody has stopped following: an answer from before is none. */
  #round = 0;
  #stale: boolean;
  #stops: (() => void)[] = [];

  constructor(options: LiveFindingsOptions) {
    this.#options = options;
    this.#findings = options.initial && this.#ordered(options.initial);
    this.#stale = options.initial === undefined;
  }

  /** In the order of the queue; undefined until they are known. The same array until they change. */
  get findings(): readonly QueuedFinding[] | undefined {
    return this.#findings;
  }

  #ordered(findings: readonly Finding[]): readonly QueuedFinding[] {
    const cues = new Map(this.#options.target.cues().map((cue) => [cue.id, cue]));
    return orderFindings(findings, (cueId) => cues.get(cueId));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Follows the track until the answer is called. */
  begin(): () => void {
    const { target, source } = this.#options;
    const changed = () => {
      this.#stale = true;
      this.#plan();
    };
    this.#stops = [target.subscribe(changed), ...(source ? [source.subscribe(changed)] : [])];
    if (this.#stale) this.#plan();
    return () => this.#end();
  }

  #end(): void {
    this.#round += 1;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    clearTimeout(this.#timer);
    this.#dismiss();
  }

  #plan(): void {
    const nowMs = Date.now();
    this.#waitingSinceMs ??= nowMs;
    clearTimeout(this.#timer);
    const rest = Math.max(restMs, this.#tookMs);
    const latest = Math.max(latestMs, this.#tookMs * latestShare);
    const waitMs = Math.min(rest, this.#waitingSinceMs + latest - nowMs);
    this.#timer = setTimeout(() => void this.#work(), Math.max(0, waitMs));
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    this.#waitingSinceMs = undefined;
    this.#stale = false;
    const round = this.#round;
    try {
      const beganMs = Date.now();
      const changes = await this.#ask();
      this.#tookMs = Date.now() - beganMs;
      if (round !== this.#round) return;
      this.#told = changeFindings(this.#told, changes);
      this.#findings = this.#told;
      for (const listener of [...this.#listeners]) listener();
    } catch {
      // There is no worker: everything again, here.
      if (round === this.#round && !this.#broken) this.#takeOver();
    } finally {
      this.#working = false;
      if (this.#stale && this.#stops.length > 0) this.#plan();
    }
  }

  #takeOver(): void {
    this.#broken = true;
    this.#dismiss();
  }

  /** Whoever begins again begins with somebody who knows nothing. */
  #dismiss(): void {
    this.#judge?.end();
    this.#judge = undefined;
    this.#told = [];
    this.#known.target = new Map();
    this.#known.source = new Map();
    this.#stale = true;
  }

  async #ask(): Promise<FindingChanges> {
    const { rules, makeJudge, fallback, target, source } = this.#options;
    this.#judge ??= (this.#broken ? fallback : makeJudge)(rules);
    const judge = this.#judge;
    await this.#handOver(judge, "target", target);
    // Ended meanwhile: what it is told now, the next would never hear.
    if (judge !== this.#judge) throw new Error("ended");
    if (source) await this.#handOver(judge, "source", source);
    return judge.judge();
  }

  async #handOver(judge: Judge, side: LiveSide, { cues }: Followed): Promise<void> {
    const { put, drop } = takeChanges(this.#known[side], cues());
    judge.change(side, { put: put.slice(0, atOnce), drop });
    for (let from = atOnce; from < put.length; from += atOnce) {
      await new Promise((resolve) => setTimeout(resolve));
      if (judge !== this.#judge) return;
      judge.change(side, { put: put.slice(from, from + atOnce), drop: [] });
    }
  }
}
