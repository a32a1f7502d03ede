import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { applyToTrack, type EditOperation } from "@/lib/subtitles/operations";
import type { Outbox } from "./outbox";
import { cue, type Fault, openTab, TestOutbox, TestServer, TestTabs } from "./test-server";

const startCues = ["a", "b", "c", "d"].map((id, i) => cue(id, i * 1_000, `text ${id}`));

type Step =
  | { kind: "edit"; tab: number; edit: Drawn }
  | { kind: "pass"; ms: number }
  | { kind: "fault"; faults: Fault[] }
  | { kind: "stream"; tab: number; from: number }
  | { kind: "crash"; tab: number }
  | { kind: "history"; tab: number; direction: "undo" | "redo" }
  | { kind: "resolve"; tab: number; keep: "mine" | "theirs" }
  | { kind: "reread"; tab: number }
  | { kind: "replace"; kept: number }
  | { kind: "taken"; at: number };

/** An edit without the values that make it one of a kind. */
type Drawn = {
  kind: "text" | "times" | "speaker" | "remove" | "split" | "merge" | "insert" | "bulk";
  at: number;
};

const tab = fc.nat(2);
const drawn: fc.Arbitrary<Drawn> = fc.record({
  kind: fc.constantFrom(
    ...(["text", "text", "text", "times", "times", "speaker"] as const),
    ...(["remove", "split", "merge", "insert", "bulk"] as const),
  ),
  at: fc.nat(6),
});
const fault: fc.Arbitrary<Fault> = fc.constantFrom("none", "lost", "lost", "offline", "broken");

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("edit" as const), tab, edit: drawn }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      ms: fc.constantFrom(0, 900, 3_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      faults: fc.array(fault, { maxLength: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("stream" as const), tab, from: fc.nat(3) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("crash" as const), tab }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("history" as const),
      tab,
      direction: fc.constantFrom("undo" as const, "redo" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("resolve" as const),
      tab,
      keep: fc.constantFrom("mine" as const, "theirs" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reread" as const), tab }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("taken" as const), at: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("replace" as const), kept: fc.nat(4) }) },
);

/** Two people in three tabs; the first two share a browser. */
class World {
  readonly server = new TestServer(startCues);
  readonly written: string[] = [];
  readonly #tabs = new TestTabs();
  readonly #outboxes = [new TestOutbox(), new TestOutbox()];
  readonly open: { session: ReturnType<typeof openTab>; id: string; die: () => void }[] = [];
  /** Always this answer; null: as the step says. */
  readonly #keep: "mine" | null;
  #made = 0;

  constructor(keep: "mine" | null) {
    this.#keep = keep;
    for (const at of [0, 1, 2]) this.#openTab(at);
  }

  get outboxes(): readonly TestOutbox[] {
    return this.#outboxes;
  }

  async run(step: Step): Promise<void> {
    const { server } = this;
    switch (step.kind) {
      case "edit":
        return this.#edit(step.tab, step.edit);
      case "pass":
        await vi.advanceTimersByTimeAsync(step.ms);
        return;
      case "fault":
        server.faults.push(...step.faults);
        return;
      case "stream": {
        const { document, queue } = this.#session(step.tab);
        const after = Math.max(0, document.revision - step.from);
        queue.takeLog(structuredClone(server.log.filter(({ revision }) => revision > after)));
        return;
      }
      case "crash":
        this.open[step.tab]?.die();
        this.#openTab(step.tab);
        await vi.advanceTimersByTimeAsync(0);
        return;
      case "history":
        await this.#session(step.tab)[step.direction]();
        return;
      case "resolve":
        this.#resolve(step.tab, step.keep);
        return;
      case "reread":
        this.#session(step.tab).queue.adopt(structuredClone(server.view()));
        return;
      case "taken": {
        const gone = server.content.cues[step.at];
        if (gone) server.other({ kind: "removeCue", cueId: gone.id });
        return;
      }
      case "replace":
        server.replace(server.content.cues.slice(0, step.kept));
    }
  }

  /** The network is back, questions are answered, and everything arrives. */
  async settle(): Promise<void> {
    this.server.faults = [];
    for (let round = 0; round < 40; round++) {
      for (const at of [0, 1, 2]) {
        const { queue } = this.#session(at);
        await queue.load();
        queue.retry();
        queue.flush();
        await vi.advanceTimersByTimeAsync(3_000);
        while (this.#resolve(at, round % 2 === 0 ? "mine" : "theirs"));
        await vi.advanceTimersByTimeAsync(3_000);
        await this.run({ kind: "stream", tab: at, from: 0 });
      }
      const busy = this.open.some(({ session }) => session.queue.getState().unsent > 0);
      const behind = this.open.some(
        ({ session }) => session.document.revision !== this.server.revision,
      );
      if (!busy && !behind) return;
    }
  }

  #session(at: number) {
    const open = this.open[at];
    if (!open) throw new Error(`no tab ${at}`);
    return open.session;
  }

  #resolve(at: number, keep: "mine" | "theirs"): boolean {
    const { queue } = this.#session(at);
    const [conflict] = queue.getState().conflicts;
    if (conflict) queue.resolve(conflict.id, this.#keep ?? keep);
    return conflict !== undefined;
  }

  #openTab(at: number): void {
    this.#made += 1;
    const id = `tab-${at}-${this.#made}`;
    let dead = false;
    const never = new Promise<never>(() => {});
    const outbox = this.#outboxes[at === 2 ? 1 : 0] ?? new TestOutbox();
    const mortal: Outbox = {
      change: (change) => (dead ? never : outbox.change(change)),
      list: () => (dead ? never : outbox.list()),
    };
    const die = () => {
      dead = true;
      this.#tabs.alive.delete(id);
    };
    const session = openTab({
      server: this.server,
      actorId: at === 2 ? "they" : "me",
      outbox: mortal,
      tabs: this.#tabs.open(id),
      reach: () => !dead,
    });
    this.open[at] = { session, id, die };
    void session.queue.load();
  }

  #edit(at: number, { kind, at: place }: Drawn): void {
    const session = this.#session(at);
    const cues = session.document.cues();
    const target = cues[place % Math.max(1, cues.length)];
    this.#made += 1;
    const operation = madeFrom(kind, cues, target, `w${this.#made}.`);
    if (operation && session.edit(operation)) {
      const made = JSON.stringify(operation).match(/w\d+\./g) ?? [];
      this.written.push(...made);
    }
  }
}

function madeFrom(
  kind: Drawn["kind"],
  cues: readonly Cue[],
  target: Cue | undefined,
  word: string,
): EditOperation | null {
  const fresh = cue(`n-${word}`, 5_000, word);
  if (kind === "insert" || !target) return { kind: "insertCue", cue: fresh };
  const { id: cueId, startMs } = target;
  switch (kind) {
    case "text":
      return { kind: "setText", cueId, text: word };
    case "times":
      return { kind: "setTimes", cueId, startMs: startMs + 70, endMs: startMs + 800 };
    case "speaker":
      return { kind: "setSpeaker", cueId, speaker: word };
    case "remove":
      return { kind: "removeCue", cueId };
    case "split":
      return {
        kind: "replaceCues",
        remove: [cueId],
        insert: [
          { ...target, text: word },
          { ...fresh, startMs: startMs + 1 },
        ],
      };
    case "merge": {
      const next = cues[cues.indexOf(target) + 1];
      if (!next) return null;
      return { kind: "replaceCues", remove: [cueId, next.id], insert: [{ ...target, text: word }] };
    }
    case "bulk":
      return {
        kind: "batch",
        operations: cues.map((each) => ({
          kind: "setText" as const,
          cueId: each.id,
          text: word,
        })),
      };
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("three tabs, a failing network and crashes", () => {
  it("all show the same in the end, which is what the log says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: "max" }), async (steps) => {
        const world = new World(null);
        for (const each of steps) await world.run(each);
        await world.settle();
        for (const { session } of world.open) {
          expect(session.queue.getState()).toMatchObject({ unsent: 0, conflicts: [] });
          expect(session.document.cues()).toEqual(world.server.content.cues);
        }
        for (const outbox of world.outboxes) expect(outbox.rows.size).toBe(0);
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  it("never bring back what was taken away, while answers are lost", async () => {
    // So long a wait for the next try that the log comes before it.
    const random = vi.spyOn(Math, "random").mockReturnValue(0.999);
    const world = new World(null);
    const steps: Step[] = [
      { kind: "edit", tab: 2, edit: { kind: "split", at: 0 } },
      { kind: "fault", faults: ["lost"] },
      { kind: "crash", tab: 2 },
      { kind: "edit", tab: 2, edit: { kind: "remove", at: 0 } },
      { kind: "reread", tab: 2 },
      { kind: "fault", faults: ["lost"] },
      { kind: "pass", ms: 3_000 },
      { kind: "stream", tab: 2, from: 0 },
    ];
    for (const each of steps) await world.run(each);
    random.mockRestore();
    expect(world.server.revision).toBe(2);
    const session = world.open[2]?.session;
    expect(session?.queue.getState().unsent).toBe(2);
    expect(session?.document.cue("a")).toBeUndefined();
  });

  it("never asks somebody who is alone, whatever crashes", async () => {
    const alone = step.filter(({ kind }) => kind !== "replace" && kind !== "taken");
    await fc.assert(
      fc.asyncProperty(fc.array(alone, { maxLength: 60, size: "max" }), async (steps) => {
        const world = new World(null);
        for (const each of steps) {
          const here = "tab" in each ? { ...each, tab: 2 } : each;
          // A stream goes on where it broke off.
          await world.run(here.kind === "stream" ? { ...here, from: 0 } : here);
          expect(world.open[2]?.session.queue.getState().conflicts).toEqual([]);
        }
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  it("lose nothing that somebody wrote, but to somebody's own choice", async () => {
    // Undo, and taking away a cue, are choices to lose something.
    const noChoice = step.filter(
      (each) =>
        each.kind !== "history" &&
        !(each.kind === "edit" && ["remove", "merge"].includes(each.edit.kind)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(noChoice, { maxLength: 60, size: "max" }), async (steps) => {
        const world = new World("mine");
        for (const each of steps) await world.run(each);
        await world.settle();
        const log = JSON.stringify(world.server.log);
        for (const word of world.written) expect(log).toContain(word);
        let content = { cues: startCues as readonly Cue[], style: null } as Parameters<
          typeof applyToTrack
        >[0];
        if (world.server.log.some(({ operation }) => operation.kind === "replace")) return;
        for (const { operation } of world.server.log) {
          const applied = applyToTrack(content, operation);
          if (!applied.ok) throw new Error(applied.code);
          content = applied.content;
        }
        expect(content.cues).toEqual(world.server.content.cues);
      }),
      { numRuns: 80 },
    );
  }, 60_000);
});
