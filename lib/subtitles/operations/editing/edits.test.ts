import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import {
  deleteCues,
  duplicateCue,
  frameRateAnchors,
  insertCue,
  moveCues,
  roomToMove,
  setEnd,
  setSpeakers,
  setStart,
  setStartShiftRest,
  setStyles,
  setTimes,
  shiftFrom,
  snapToShots,
  snapToSpeech,
  stretchCues,
  swapTexts,
} from "@/lib/subtitles/operations/editing";
import {
  assertSound,
  made,
  makeCue,
  reasonOf,
  track,
} from "@/lib/subtitles/operations/editing/test-tracks";
import { maxBatch } from "@/lib/subtitles/operations/limits";
import { ruleProfile } from "@/lib/subtitles/rules";
import { defaultStyle } from "@/lib/subtitles/style";

const profile = ruleProfile("ko");
/** At 25 frames a second: a pause, and the least time of a cue, of 80 ms. */
const making = { profile, language: "ko", fps: 25 };
const three = [
  makeCue("a", [1_000, 2_000], "가"),
  makeCue("b", [2_080, 3_000], "나"),
  makeCue("c", [6_000, 8_000], "다"),
];
const times = (cues: readonly Cue[]) =>
  cues.map(({ id, startMs, endMs }) => `${id} ${startMs}-${endMs}`);
const all = new Set(["a", "b", "c"]);

describe("insertCue", () => {
  const at = (
    options: Partial<Parameters<typeof insertCue>[0]> &
      Pick<Parameters<typeof insertCue>[0], "place">,
  ) => {
    const edit = insertCue({ cues: three, id: "n", ...making, ...options });
    if (!edit.ok) return edit.reason;
    const cue = made(three, edit).find(({ id }) => id === "n");
    return `${cue?.startMs}-${cue?.endMs}`;
  };

  it.each([
    [{ place: { after: "b" } }, "3080-5080"],
    [{ place: { after: "a" } }, "3080-5080"],
    [{ place: { after: "a" }, overlap: true }, "2080-4080"],
    [{ place: { after: "c" } }, "8080-10080"],
    [{ place: { after: "c" }, durationMs: 9_000 }, "8080-9000"],
    [{ place: { after: "c" }, durationMs: 8_100 }, "no_room"],
    [{ place: { before: "a" } }, "0-920"],
    [{ place: { before: "b" } }, "no_room"],
    [{ place: { before: "b" }, overlap: true }, "0-2000"],
    [{ place: { before: "c" } }, "3920-5920"],
    [{ place: { atMs: 4_500.4 } }, "4500-5920"],
    [{ place: { atMs: 0 } }, "0-920"],
    [{ place: { atMs: 6_500 } }, "no_room"],
    [{ place: { atMs: 7_500 } }, "8080-10080"],
    [{ place: { atMs: 6_500 }, overlap: true }, "6500-8500"],
    [{ place: { after: "z" } }, "cue_not_found"],
  ])("%j: %s", (options, span) => expect(at(options)).toBe(span));

  it("copies a cue without where it came from", () => {
    const cue = makeCue("a", [0, 700], "가", { spoken: true, speaker: "민수", sourceId: "1" });
    const copy = made([cue], duplicateCue({ cues: [cue], cueId: "a", id: "n", ...making }))[1];
    expect(copy).toEqual({ id: "n", startMs: 780, endMs: 1_480, text: "가", speaker: "민수" });
  });

  it("never lies over another cue unless that is wanted", () => {
    fc.assert(
      fc.property(track, fc.nat(20_000), (cues, atMs) => {
        const edit = insertCue({ cues, place: { atMs }, id: "n", ...making });
        fc.pre(edit.ok);
        const now = assertSound(cues, edit.operation);
        const cue = now.find(({ id }) => id === "n");
        const over = cues.filter(
          (other) => cue && other.startMs < cue.endMs && other.endMs > cue.startMs,
        );
        expect(over).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("deleteCues", () => {
  it("takes those that are there", () => {
    expect(made(three, deleteCues(three, new Set(["a", "c", "z"]))).map(({ id }) => id)).toEqual([
      "b",
    ]);
    expect(reasonOf(deleteCues(three, new Set(["z"])))).toBe("cue_not_found");
  });
});

describe("times of one cue", () => {
  it.each([
    ["start", "b", 2_500, "leave", ["a 1000-2000", "b 2500-3000", "c 6000-8000"]],
    ["start", "b", 1_500.4, "leave", ["a 1000-2000", "b 1500-3000", "c 6000-8000"]],
    ["start", "b", 1_500, "clamp", "unchanged"],
    ["start", "b", 1_500, "push", ["a 1000-1420", "b 1500-3000", "c 6000-8000"]],
    ["start", "b", 500, "push", ["a 1000-1080", "b 1160-3000", "c 6000-8000"]],
    ["start", "b", 3_500, "leave", ["a 1000-2000", "b 3500-4420", "c 6000-8000"]],
    ["start", "a", -5, "leave", ["a 0-2000", "b 2080-3000", "c 6000-8000"]],
    ["start", "z", 0, "leave", "cue_not_found"],
    ["end", "b", 4_000, "clamp", ["a 1000-2000", "b 2080-4000", "c 6000-8000"]],
    ["end", "b", 7_000, "clamp", ["a 1000-2000", "b 2080-5920", "c 6000-8000"]],
    ["end", "b", 7_000, "push", ["a 1000-2000", "b 2080-7000", "c 7080-8000"]],
    ["end", "b", 9_000, "push", ["a 1000-2000", "b 2080-7840", "c 7920-8000"]],
    ["end", "b", 2_080, "leave", "bad_times"],
    ["end", "b", 3_000, "push", "unchanged"],
  ] as const)("sets the %s of %s to %d (%s)", (edge, cueId, ms, neighbours, result) => {
    const set = edge === "start" ? setStart : setEnd;
    const edit = set({ cues: three, cueId, ms, neighbours, ...making });
    expect(edit.ok ? times(made(three, edit)) : edit.reason).toEqual(result);
  });

  it("lets no cue come nearer than it was, whatever it is set to", () => {
    const neighbours = fc.constantFrom("clamp" as const, "push" as const);
    const ms = fc.nat(20_000);
    fc.assert(
      fc.property(track, fc.nat(7), ms, ms, neighbours, (cues, at, startMs, endMs, how) => {
        const cue = cues[at % cues.length];
        if (!cue) throw new Error("no cue");
        const edit = setTimes({ cues, cueId: cue.id, startMs, endMs, neighbours: how, ...making });
        fc.pre(edit.ok);
        const now = assertSound(cues, edit.operation);
        const overlap = (a: Cue, b: Cue) =>
          Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);
        // What lies beside it, and not over it already, doesn't come to lie over it.
        const own = now.find(({ id }) => id === cue.id);
        const beside = now.filter(({ id }) => {
          const old = cues.find((other) => other.id === id);
          return old && id !== cue.id && overlap(old, cue) <= 0;
        });
        const covers = beside.filter((other) => own && overlap(other, own) > 0);
        const crossed = startMs > cue.endMs || endMs < cue.startMs;
        if (!crossed && startMs <= cue.startMs && endMs >= cue.endMs) expect(covers).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("roomToMove", () => {
  const few = new Set(["b"]);
  it.each([
    ["to the first one's start", all, "earlier", {}, 1_000],
    ["to the start of the only one", few, "earlier", { durationMs: 2_500 }, 2_080],
    ["without an end that is known", all, "later", {}, Number.POSITIVE_INFINITY],
    ["to the end of the last one", all, "later", { durationMs: 9_000 }, 1_000],
    ["not to others than those that move", few, "later", { durationMs: 9_000 }, 6_000],
    ["none at the end", all, "later", { durationMs: 8_000 }, 0],
    ["none beyond the end", all, "later", { durationMs: 7_000 }, 0],
  ] as const)("%s", (_, ids, direction, bounds, room) => {
    expect(roomToMove(three, ids, direction, bounds)).toBe(room);
  });

  it("is none where the video begins", () => {
    expect(roomToMove([makeCue("a", [0, 900], "가"), ...three], all, "earlier")).toBe(0);
  });
});

describe("times of many cues", () => {
  it.each([
    [
      "the rest follows",
      setStartShiftRest(three, "b", 2_580),
      ["a 1000-2000", "b 2580-3500", "c 6500-8500"],
    ],
    ["back", setStartShiftRest(three, "c", 3_100), ["a 1000-2000", "b 2080-3000", "c 3100-5100"]],
    [
      "some",
      moveCues(three, new Set(["a", "c"]), 50),
      ["a 1050-2050", "b 2080-3000", "c 6050-8050"],
    ],
    [
      "not before the video",
      moveCues(three, all, -5_000),
      ["a 0-1000", "b 1080-2000", "c 5000-7000"],
    ],
    [
      "not after it",
      moveCues(three, all, 5_000, { durationMs: 9_000 }),
      ["a 2000-3000", "b 3080-4000", "c 7000-9000"],
    ],
    ["from a time on", shiftFrom(three, 2_080, 20), ["a 1000-2000", "b 2100-3020", "c 6020-8020"]],
    [
      "stretched between two points",
      stretchCues(three, "all", [
        { fromMs: 1_000, toMs: 500 },
        { fromMs: 6_000, toMs: 10_500 },
      ]),
      ["a 500-2500", "b 2660-4500", "c 10500-14500"],
    ],
    [
      "from 25 to 23.976",
      stretchCues(three, new Set(["c"]), frameRateAnchors(25, 24_000 / 1_001)),
      ["a 1000-2000", "b 2080-3000", "c 6256-8342"],
    ],
  ])("%s", (_, edit, result) => expect(times(made(three, edit))).toEqual(result));

  it.each([
    [moveCues(three, all, 0), "unchanged"],
    [moveCues(three, new Set(["z"]), 5), "cue_not_found"],
    [setStartShiftRest(three, "b", -1), "bad_times"],
    [
      stretchCues(three, "all", [
        { fromMs: 0, toMs: 0 },
        { fromMs: 0, toMs: 10 },
      ]),
      "bad_times",
    ],
    [
      stretchCues(three, "all", [
        { fromMs: 0, toMs: 10 },
        { fromMs: 10, toMs: 0 },
      ]),
      "bad_times",
    ],
    [
      stretchCues(three, "all", [
        { fromMs: 1_000, toMs: -10 },
        { fromMs: 0, toMs: -5_000 },
      ]),
      "bad_times",
    ],
  ])("refuses: %#", (edit, reason) => expect(reasonOf(edit)).toBe(reason));

  it("keeps lengths and distances when moving, and the order when stretching", () => {
    fc.assert(
      fc.property(
        track,
        fc.integer({ min: -9_000, max: 9_000 }),
        fc.integer({ min: 200, max: 4_000 }),
        (cues, delta, rate) => {
          const moved = moveCues(cues, new Set(cues.map(({ id }) => id)), delta);
          if (moved.ok) {
            const now = assertSound(cues, moved.operation);
            const steps = new Set(
              now.map((cue) => cue.startMs - (cues.find(({ id }) => id === cue.id)?.startMs ?? 0)),
            );
            expect(steps.size).toBe(1);
          }
          const stretched = stretchCues(cues, "all", frameRateAnchors(rate, 1_000));
          if (stretched.ok) {
            const now = assertSound(cues, stretched.operation);
            const starts = new Map(now.map(({ id, startMs }) => [id, startMs]));
            const inOldOrder = cues.map(({ id }) => starts.get(id) ?? 0);
            expect(inOldOrder).toEqual([...inOldOrder].sort((a, b) => a - b));
          }
        },
      ),
    );
  });

  it("moves twenty thousand cues in one go", () => {
    const many = Array.from({ length: 20_000 }, (_, i) =>
      makeCue(`c${i}`, [i * 100, i * 100 + 90], "글"),
    );
    const ids = new Set(many.map(({ id }) => id));
    const before = performance.now();
    made(many, moveCues(many, ids, 40));
    snapToSpeech({ cues: many, ids, speech: many, ...making });
    snapToShots({
      cues: many,
      ids,
      shotChanges: many.map(({ startMs }) => startMs + 7),
      ...making,
    });
    expect(performance.now() - before).toBeLessThan(15_000);
  });

  it("moves as many as a track may have, and no more", () => {
    const many = Array.from({ length: maxBatch + 1 }, (_, i) =>
      makeCue(`c${i}`, [i * 100, i * 100 + 90], "글"),
    );
    const ids = new Set(many.map(({ id }) => id));
    expect(reasonOf(moveCues(many, ids, 1))).toBe("too_many");
    ids.delete("c0");
    expect(moveCues(many, ids, 1).ok).toBe(true);
  });
});

describe("snapping", () => {
  it("brings cues to what is said, and leaves time to read", () => {
    const cues = [
      {
        ...makeCue("a", [1_000, 2_000], "오늘은 회의를", { spoken: true }),
        startMs: 1_300,
        endMs: 1_400,
      },
      makeCue("b", [5_200, 6_000], "네"),
      makeCue("c", [20_000, 21_000], "요"),
    ];
    const speech = [
      { startMs: 5_000, endMs: 6_400 },
      { startMs: 30_000, endMs: 31_000 },
    ];
    expect(times(made(cues, snapToSpeech({ cues, ids: all, speech, ...making })))).toEqual([
      "a 1000-2000",
      "b 5000-6400",
      "c 20000-21000",
    ]);
    const alone = snapToSpeech({ cues, ids: new Set(["c"]), speech, ...making });
    expect(reasonOf(alone)).toBe("nothing_near");
  });

  it("leaves no time to read after the video", () => {
    const cues = [makeCue("a", [5_200, 5_500], "오늘은 회의를 길게 해요")];
    const snap = (durationMs?: number) =>
      times(
        made(
          cues,
          snapToSpeech({
            ...{ cues, ids: all, speech: [{ startMs: 5_000, endMs: 5_400 }], ...making },
            durationMs,
          }),
        ),
      );
    expect(snap(5_600)).toEqual(["a 5000-5600"]);
    expect(Number(snap()[0]?.split("-")[1])).toBeGreaterThan(5_600);
  });

  it("brings starts to cuts of the picture, and ends two frames before them", () => {
    const cues = [makeCue("a", [1_100, 2_900], "가"), makeCue("b", [4_000, 4_200], "나")];
    const edit = snapToShots({ cues, ids: all, shotChanges: [1_000, 3_000, 4_100], ...making });
    expect(times(made(cues, edit))).toEqual(["a 1000-2920", "b 4000-4200"]);
    const none = snapToShots({ cues, ids: all, shotChanges: [9_000], ...making });
    expect(reasonOf(none)).toBe("nothing_near");
  });

  it("keeps cues sound", () => {
    const shots = fc.array(fc.nat(20_000), { maxLength: 9 });
    fc.assert(
      fc.property(track, shots, (cues, shotChanges) => {
        const ids = new Set(cues.map(({ id }) => id));
        const speech = shotChanges.map((ms) => ({ startMs: ms, endMs: ms + 700 }));
        for (const edit of [
          snapToShots({ cues, ids, shotChanges, ...making }),
          snapToSpeech({ cues, ids, speech, ...making }),
        ]) {
          if (edit.ok) assertSound(cues, edit.operation);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("properties of many cues", () => {
  it("sets who speaks where it is somebody else", () => {
    const edit = setSpeakers(
      [...three, makeCue("d", [9_000, 9_500], "라", { speaker: "민수" })],
      new Set(["a", "d"]),
      "민수",
    );
    expect(edit).toEqual({
      ok: true,
      operation: { kind: "setSpeaker", cueId: "a", speaker: "민수" },
    });
    expect(reasonOf(setSpeakers(three, all, null))).toBe("unchanged");
  });

  it("keeps of a look only what the track hasn't", () => {
    const cues = [
      makeCue("a", [0, 900], "가", { styleOverrides: { italic: true } }),
      ...three.slice(1),
    ];
    expect(
      setStyles(cues, new Set(["a", "b"]), { italic: true, bold: true }, defaultStyle),
    ).toEqual({
      ok: true,
      operation: { kind: "setStyle", cueId: "b", style: { italic: true } },
    });
    expect(setStyles(cues, all, null, defaultStyle)).toEqual({
      ok: true,
      operation: { kind: "setStyle", cueId: "a", style: null },
    });
    expect(reasonOf(setStyles(cues, new Set(["b"]), { bold: true }, defaultStyle))).toBe(
      "unchanged",
    );
  });

  it("swaps two texts", () => {
    expect(made(three, swapTexts(three, "a", "c")).map(({ text }) => text)).toEqual([
      "다",
      "나",
      "가",
    ]);
  });
});
