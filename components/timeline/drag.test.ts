import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperation, inTrackOrder } from "@/lib/subtitles/operations";
import { makeSnapper, type SnapSources } from "@/lib/subtitles/operations/editing";
import { ruleProfile } from "@/lib/subtitles/rules";
import { CueLane } from "./cue-lane";
import {
  type Drag,
  type DragContext,
  type DragEffect,
  idle,
  moved,
  outcomeOf,
  type Pointer,
  pressed,
  released,
} from "./drag";
import { nudgedMs } from "./drag-times";
import { possible } from "./view";

const cue = (id: string, startMs: number, endMs: number): Cue => ({ id, startMs, endMs, text: id });
const track = [cue("a", 1_000, 2_000), cue("b", 3_000, 4_000), cue("c", 5_000, 6_000)];

function contextOf(change: Partial<DragContext> & { cues?: readonly Cue[] } = {}): DragContext {
  const { cues = track, ...rest } = change;
  return {
    view: possible({ fromMs: 0, msPerPx: 10, widthPx: 1_000, extentMs: 60_000 }),
    rows: { waveTop: 20, cuesTop: 100, bottom: 150 },
    lane: new CueLane(cues),
    selection: { cueId: null, range: new Set() },
    profile: ruleProfile("ko", { sameLanguage: true }),
    fps: null,
    durationMs: 60_000,
    readOnly: false,
    playheadMs: 0,
    snapperFor: () => snapperOf({}),
    ...rest,
  };
}

/** Draws to what is given and nothing else. */
const snapperOf = (sources: Partial<SnapSources>) =>
  makeSnapper({ cues: [], moving: new Set(), gapMs: 0, ...sources });

const at = (x: number, y: number, change: Partial<Pointer> = {}): Pointer => ({
  ...{ x, y, alt: false, shift: false, ctrl: false, touch: false, middle: false },
  ...change,
});

/** Down at the first place, over the others, up. */
function drag(context: DragContext, ...places: Pointer[]) {
  const effects: DragEffect[] = [];
  let now: Drag = idle;
  for (const [i, place] of places.entries()) {
    const next = i === 0 ? pressed(place, context) : moved(now, place, context);
    now = next.drag;
    effects.push(...next.effects);
  }
  const { outcome, last } = { outcome: outcomeOf(now), last: now };
  effects.push(...released(now).effects);
  return { effects, outcome, last };
}

const cuesRow = 120;
const waveRow = 60;

describe("a click", () => {
  it.each<[string, Pointer, DragEffect[]]>([
    [
      "on a cue chooses it and goes there",
      at(150, cuesRow),
      [
        { kind: "select", cueId: "a", how: "one" },
        { kind: "seek", ms: 1_500 },
      ],
    ],
    ["on the ground goes there", at(250, waveRow), [{ kind: "seek", ms: 2_500 }]],
    ["on the ruler goes there", at(250, 5), [{ kind: "seek", ms: 2_500 }]],
    [
      "with Shift reaches there",
      at(350, cuesRow, { shift: true }),
      [{ kind: "select", cueId: "b", how: "extend" }],
    ],
    [
      "with Ctrl takes it in",
      at(350, cuesRow, { ctrl: true }),
      [{ kind: "select", cueId: "b", how: "toggle" }],
    ],
    [
      "on an edge is one on its cue",
      at(101, cuesRow),
      [
        { kind: "select", cueId: "a", how: "one" },
        { kind: "seek", ms: 1_010 },
      ],
    ],
  ])("%s", (_, place, expected) => {
    expect(drag(contextOf(), place).effects).toEqual(expected);
    // A hand that trembles still clicks.
    const trembling = drag(contextOf(), place, { ...place, x: place.x + 2 });
    expect(trembling.effects.map(({ kind }) => kind)).toEqual(
      place.y < 20 ? ["seek", "seek"] : expected.map(({ kind }) => kind),
    );
  });
});

describe("an edge", () => {
  it("goes with the pointer, from where it was taken", () => {
    const { effects } = drag(contextOf(), at(102, cuesRow), at(132, cuesRow));
    expect(effects).toEqual([
      { kind: "select", cueId: "a", how: "one" },
      {
        kind: "commit",
        operation: { kind: "setTimes", cueId: "a", startMs: 1_300, endMs: 2_000 },
      },
    ]);
  });

  it("is drawn to what is near, but not with Alt", () => {
    const context = contextOf({ snapperFor: () => snapperOf({ shotChanges: [2_450] }) });
    const near = drag(context, at(199, cuesRow), at(240, cuesRow));
    expect(near.outcome.snap).toEqual({ ms: 2_450, kind: "shot" });
    expect(near.effects.at(-1)).toMatchObject({ operation: { endMs: 2_450 } });
    const free = drag(context, at(199, cuesRow), at(240, cuesRow, { alt: true }));
    expect(free.effects.at(-1)).toMatchObject({ operation: { endMs: 2_410 } });
  });

  it("comes to lie on a frame where frames are known", () => {
    const { effects } = drag(
      contextOf({ fps: 25, snapperFor: () => snapperOf({ fps: 25 }) }),
      at(199, cuesRow),
      at(231, cuesRow),
    );
    expect(effects.at(-1)).toMatchObject({ operation: { endMs: 2_320 } });
  });

  it("stops at its neighbour, or pushes it with Shift", () => {
    const far = [at(199, cuesRow), at(340, cuesRow)] as const;
    const stopped = drag(contextOf(), ...far).effects.at(-1);
    if (stopped?.kind !== "commit" || stopped.operation.kind !== "setTimes") throw new Error();
    expect(stopped.operation.endMs).toBeLessThan(3_000);
    expect(stopped.operation.endMs).toBeGreaterThan(2_900);
    const [from, to] = far;
    const pushed = drag(contextOf(), from, { ...to, shift: true });
    const operation = pushed.effects.at(-1);
    expect(operation).toMatchObject({ operation: { kind: "batch" } });
    expect(pushed.outcome.preview).toMatchObject({ kind: "times" });
    const applied = applyOperation(
      track,
      pushed.outcome.operation ?? { kind: "removeCue", cueId: "" },
    );
    if (!applied.ok) throw new Error();
    const [, b] = applied.cues;
    expect(applied.cues[0]?.endMs).toBe(3_410);
    expect(b?.startMs).toBeGreaterThan(3_410);
    expect(b?.endMs).toBe(4_000);
  });

  it("never passes the other edge", () => {
    const { effects } = drag(contextOf(), at(102, cuesRow), at(400, cuesRow));
    const last = effects.at(-1);
    if (last?.kind !== "commit" || last.operation.kind !== "setTimes") throw new Error();
    expect(last.operation.startMs).toBeLessThan(2_000);
    expect(last.operation.startMs).toBeGreaterThan(1_900);
  });
});

describe("a block", () => {
  it("moves as far as its neighbours let it", () => {
    const { effects } = drag(contextOf(), at(350, cuesRow), at(380, cuesRow));
    expect(effects).toEqual([
      { kind: "select", cueId: "b", how: "one" },
      {
        kind: "commit",
        operation: { kind: "setTimes", cueId: "b", startMs: 3_300, endMs: 4_300 },
      },
    ]);
    const far = drag(contextOf(), at(350, cuesRow), at(900, cuesRow)).effects.at(-1);
    if (far?.kind !== "commit" || far.operation.kind !== "setTimes") throw new Error();
    expect(far.operation.endMs).toBeLessThan(5_000);
    expect(far.operation.endMs - far.operation.startMs).toBe(1_000);
  });

  it("takes the range along", () => {
    const selection = { cueId: "b", range: new Set(["b", "c"]) };
    const { effects, outcome } = drag(contextOf({ selection }), at(350, cuesRow), at(390, cuesRow));
    expect(outcome.preview).toEqual({ kind: "shift", ids: selection.range, deltaMs: 400 });
    expect(effects).toHaveLength(1);
    expect(effects[0]).toMatchObject({
      operation: {
        kind: "batch",
        operations: [
          { cueId: "b", startMs: 3_400 },
          { cueId: "c", startMs: 5_400 },
        ],
      },
    });
  });

  it("is drawn by its end as well", () => {
    const context = contextOf({ playheadMs: 4_400 });
    const { outcome } = drag(context, at(350, cuesRow), at(388, cuesRow));
    expect(outcome.snap?.kind).toBe("playhead");
    expect(outcome.operation).toMatchObject({ startMs: 3_400, endMs: 4_400 });
  });
});

describe("the ground", () => {
  it("is swept to choose what lies in it", () => {
    const { effects } = drag(contextOf(), at(600, waveRow), at(290, waveRow));
    expect(effects).toEqual([{ kind: "sweep", fromMs: 2_900, toMs: 6_000 }]);
  });

  it("takes a new cue with Alt, in the room there is", () => {
    const { effects } = drag(contextOf(), at(220, cuesRow, { alt: true }), at(270, cuesRow));
    expect(effects).toEqual([{ kind: "insert", span: { startMs: 2_200, endMs: 2_700 } }]);
    const wide = drag(contextOf(), at(220, cuesRow, { alt: true }), at(900, cuesRow)).effects[0];
    if (wide?.kind !== "insert") throw new Error();
    expect(wide.span.endMs).toBeLessThan(3_000);
    expect(drag(contextOf(), at(220, cuesRow, { alt: true }), at(225, cuesRow)).effects).toEqual(
      [],
    );
  });
});

describe("whoever may only look", () => {
  const readOnly = contextOf({ readOnly: true, selection: { cueId: "a", range: new Set() } });
  it("moves nothing", () => {
    for (const [from, to] of [
      [at(102, cuesRow), at(140, cuesRow)],
      [at(150, cuesRow), at(180, cuesRow)],
      [at(220, cuesRow, { alt: true }), at(270, cuesRow)],
    ] as const) {
      const kinds = drag(readOnly, from, to).effects.map(({ kind }) => kind);
      expect(kinds).toEqual(["sweep"]);
    }
  });

  it("with a finger, scrolls and goes to where it taps", () => {
    const finger = { touch: true };
    const scrolled = drag(contextOf(), at(102, cuesRow, finger), at(140, cuesRow, finger));
    expect(scrolled.effects.every(({ kind }) => kind === "scroll")).toBe(true);
    const tapped = drag(contextOf(), at(102, cuesRow, finger)).effects.map(({ kind }) => kind);
    expect(tapped).toEqual(["select", "seek"]);
  });
});

describe("whatever is dragged", () => {
  const cues = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 8_000 }), fc.integer({ min: 50, max: 1_500 })), {
      minLength: 1,
      maxLength: 12,
    })
    .map((all) =>
      inTrackOrder(all.map(([start, length], i) => cue(`c${i}`, start, start + length))),
    );
  const x = fc.integer({ min: -50, max: 1_050 });
  const key = fc.boolean();

  it("leaves cues that can be stored, and lays none over others that weren't", () => {
    fc.assert(
      fc.property(
        cues,
        x,
        fc.array(x, { minLength: 1, maxLength: 4 }),
        key,
        key,
        (all, from, to, alt, shift) => {
          const context = contextOf({
            cues: all,
            fps: 29.97,
            selection: { cueId: "c0", range: new Set(["c0", "c1"]) },
            playheadMs: 3_000,
            snapperFor: () => snapperOf({ fps: 29.97, shotChanges: [500, 2_400, 5_100] }),
          });
          const places = [from, ...to].map((place) => at(place, cuesRow, { alt, shift }));
          const { outcome } = drag(context, ...places);
          if (!outcome.operation) return;
          const applied = applyOperation(all, outcome.operation);
          if (!applied.ok) throw new Error(applied.code);
          for (const one of applied.cues) {
            expect(Number.isInteger(one.startMs) && Number.isInteger(one.endMs)).toBe(true);
            expect(one.startMs).toBeGreaterThanOrEqual(0);
            expect(one.endMs).toBeGreaterThan(one.startMs);
          }
          const overlaps = (list: readonly Cue[]) =>
            list.filter((one, i) => list.slice(i + 1).some((next) => next.startMs < one.endMs))
              .length;
          if (overlaps(all) === 0) expect(overlaps(applied.cues)).toBe(0);
        },
      ),
    );
  });
});

describe("nudgedMs", () => {
  it.each([
    [1_000, 1, 25, 1_040],
    [1_000, -1, 25, 960],
    [1_003, 1, 25, 1_040],
    [0, -1, 25, 0],
    [1_000, 3, null, 1_030],
  ])("from %i by %i at %s: %i", (ms, steps, fps, expected) => {
    expect(nudgedMs(ms, steps, fps)).toBe(expected);
  });
});
