import { describe, expect, it } from "vitest";
import { findingKey } from "@/lib/subtitles/quality/finding-key";
import type { Finding } from "@/lib/subtitles/quality/types";
import { kindsOf, orderFindings, queueOf, stepFrom, windowAround } from "./finding-queue";

const finding = (
  code: Finding["code"],
  severity: Finding["severity"],
  startMs: number,
): Finding => ({
  ...{ id: `${code}:c${startMs}`, code, severity, cueId: `c${startMs}` },
  ...{ startMs, endMs: startMs + 1_000, values: {} },
});

const [slow, wide, late, note] = [
  finding("reading_speed", "warning", 9_000),
  finding("line_width", "error", 5_000),
  finding("line_width", "error", 7_000),
  finding("gap", "info", 1_000),
];
const all = [slow, wide, late, note].filter((each) => each !== undefined);
const cueOf = () => ({ text: "글" });
const ordered = orderFindings(all, cueOf);
const ids = (queue: readonly { finding: Finding }[]) => queue.map((each) => each.finding.startMs);

describe("orderFindings", () => {
  it("has the gravest first, each in the order of the video", () => {
    expect(ids(ordered)).toEqual([5_000, 7_000, 9_000, 1_000]);
  });
});

describe("queueOf", () => {
  it("puts aside what somebody has left as it is, until its text is another", () => {
    const key = findingKey(all[1] as Finding, cueOf());
    const ignored = {
      ...{ key, cueId: "c5000", code: "line_width" as const, reason: "노래" },
      ...{ by: null, at: "2026-11-27T00:00:00Z" },
    };
    const queue = queueOf(ordered, [ignored]);
    expect(ids(queue.open)).toEqual([7_000, 9_000, 1_000]);
    expect(queue.left.map(({ ignored: { reason } }) => reason)).toEqual(["노래"]);
    const edited = queueOf(
      orderFindings(all, () => ({ text: "다른 글" })),
      [ignored],
    );
    expect(edited.left).toEqual([]);
  });
});

describe("stepFrom", () => {
  const { open } = queueOf(ordered, []);
  it.each([
    ["the first", null, 1, 5_000],
    ["the last backwards", null, -1, 1_000],
    ["the next", all[1], 1, 7_000],
    ["the one before", all[0], -1, 7_000],
    ["round the end", all[3], 1, 5_000],
    ["round the beginning", all[1], -1, 1_000],
    ["on from where one stood that is gone", finding("empty", "error", 6_000), 1, 7_000],
    ["back from where one stood that is gone", finding("empty", "error", 6_000), -1, 5_000],
  ] as const)("goes to %s", (_, from, step, startMs) => {
    expect(stepFrom(open, from ?? null, step)?.finding.startMs).toBe(startMs);
  });

  it("has nowhere to go in an empty queue", () => {
    expect(stepFrom([], null, 1)).toBeUndefined();
    expect(stepFrom([], all[0] ?? null, -1)).toBeUndefined();
  });
});

it("counts kinds in their order", () => {
  expect(kindsOf(ordered)).toEqual([
    { code: "line_width", count: 2 },
    { code: "reading_speed", count: 1 },
    { code: "gap", count: 1 },
  ]);
});

it.each([
  [10, 0, 40, 0, 10],
  [1_000, 0, 40, 0, 40],
  [1_000, 500, 40, 490, 530],
  [1_000, 999, 40, 960, 1_000],
  [0, -1, 40, 0, 0],
])("shows of %d around %d, %d at a time, from %d to %d", (count, index, size, from, to) => {
  expect(windowAround(count, index, size)).toEqual({ from, to });
});
