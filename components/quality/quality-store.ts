import type { TrackSession } from "@/lib/client/use-track";
import type { LiveRules } from "@/lib/subtitles/quality/live";
import type { Finding, FindingCode } from "@/lib/subtitles/quality/types";
import type { IgnoredView } from "@/lib/tracks/ignored-schema";
import { type FindingQueue, type QueuedFinding, queueOf, stepFrom } from "./finding-queue";
import { judgeHere, judgeInWorker } from "./judges";
import { LiveFindings } from "./live-findings";

/** What the queue shows. */
export interface QualityState {
  /** Null until the track has been judged. */
  queue: FindingQueue | null;
  /** Of `queue.open`: those of the chosen kind, all of them without one. */
  shown: readonly QueuedFinding[];
  kind: FindingCode | null;
  /** The one that somebody is at. */
  current: QueuedFinding | null;
  /** How many there were in this visit, those that are done included. */
  total: number;
  /** What the person is asked about: repairing all of a kind, or why a finding is left. */
  asking: "fix-kind" | "ignore" | null;
}

export const noQuality: QualityState = {
  ...{ queue: null, shown: [], kind: null, current: null, total: 0, asking: null },
};

interface QualityOptions {
  session: TrackSession;
  source: TrackSession | null;
  rules: LiveRules;
  initial: readonly Finding[] | undefined;
}

const followed = ({ document }: TrackSession) => ({
  cues: () => document.cues(),
  subscribe: document.subscribeContent,
});

/** The findings of the open track as something to work through. */
export class QualityStore {
  readonly session: TrackSession;
  readonly rules: LiveRules;
  readonly #live: LiveFindings;
  readonly #listeners = new Set<() => void>();
  readonly #seen = new Set<string>();
  /** Done just now: not shown again until the track has been judged anew. */
  readonly #settled = new Set<string>();
  /** Left as they are just now: not shown again until that has come back from the server. */
  readonly #leaving = new Set<string>();
  #queue: FindingQueue | null = null;
  #ignored: readonly IgnoredView[] = [];
  #at: Finding | null = null;
  #state: QualityState = noQuality;

  constructor({ session, source, rules, initial }: QualityOptions) {
    this.session = session;
    this.rules = rules;
    this.#live = new LiveFindings({
      target: followed(session),
      source: source && followed(source),
      ...{ rules, initial },
      makeJudge: typeof Worker === "undefined" ? judgeHere : judgeInWorker,
      fallback: judgeHere,
    });
    this.#sort();
    this.#update();
  }

  readonly get = (): QualityState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  begin(): () => void {
    const stop = this.#live.subscribe(() => {
      this.#settled.clear();
      this.#sort();
      this.#update();
    });
    const end = this.#live.begin();
    return () => {
      stop();
      end();
    };
  }

  setIgnored(ignored: readonly IgnoredView[]): void {
    if (this.#ignored === ignored) return;
    this.#ignored = ignored;
    this.#leaving.clear();
    this.#sort();
    this.#update();
  }

  setKind(kind: FindingCode | null): void {
    this.#state = { ...this.#state, kind };
    this.#at = null;
    this.#update();
  }

  /** Asks about the finding that somebody is at. */
  ask(asking: QualityState["asking"]): void {
    this.#state = { ...this.#state, asking: this.#state.current && asking };
    for (const listener of [...this.#listeners]) listener();
  }

  /** Goes to a finding. */
  choose(chosen: QueuedFinding | null): void {
    this.#at = chosen?.finding ?? null;
    this.#update();
  }

  /** Goes on to the next or back to the one before; answers where. */
  step(step: 1 | -1): QueuedFinding | undefined {
    const next = stepFrom(this.#state.shown, this.#at, step);
    if (next) this.choose(next);
    return next;
  }

  /** It is done: it leaves the queue at once, and the next one comes. */
  settle(done: QueuedFinding): QueuedFinding | undefined {
    this.#settled.add(done.finding.id);
    return this.#goOn(done);
  }

  /** Somebody has decided to leave these: they go out of the way, and the next one comes. */
  leave(chosen: readonly QueuedFinding[]): QueuedFinding | undefined {
    const last = chosen.at(-1);
    if (!last) return undefined;
    for (const { finding } of chosen) this.#leaving.add(finding.id);
    return this.#goOn(last);
  }

  #goOn({ finding }: QueuedFinding): QueuedFinding | undefined {
    this.#at = finding;
    this.#sort();
    this.#update();
    return this.step(1);
  }

  /** Takes out of what is known what is done or left. */
  #sort(): void {
    const known = this.#live.findings;
    if (known === undefined) return;
    const isAway = (id: string) => this.#settled.has(id) || this.#leaving.has(id);
    const away = this.#settled.size + this.#leaving.size > 0;
    const waiting = away ? known.filter(({ finding }) => !isAway(finding.id)) : known;
    this.#queue = queueOf(waiting, this.#ignored);
    for (const { finding } of this.#queue.open) this.#seen.add(finding.id);
  }

  #update(): void {
    const queue = this.#queue;
    if (!queue) return;
    const { kind: asked } = this.#state;
    const ofKind = asked === null ? [] : queue.open.filter(({ finding }) => finding.code === asked);
    // The last one of a kind is done: on with all.
    const kind = ofKind.length > 0 ? asked : null;
    const shown = kind === null ? queue.open : ofKind;
    const at = this.#at;
    const current = (at && shown.find(({ finding }) => finding.id === at.id)) ?? null;
    const total = this.#seen.size;
    const asking = current?.key === this.#state.current?.key ? this.#state.asking : null;
    this.#state = { queue, shown, kind, current, total, asking };
    for (const listener of [...this.#listeners]) listener();
  }
}
