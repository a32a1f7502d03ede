import { describe, expect, it } from "vitest";
import { ruleProfile } from "@/lib/subtitles/rules";
import { measureCue } from "./cue-checks";

const korean = ruleProfile("ko", { sameLanguage: true });
const twoSeconds = { startMs: 1_000, endMs: 3_000 };
const over = (text: string, times = twoSeconds) =>
  measureCue(text, times, korean)
    .filter((measure) => measure.over)
    .map((measure) => measure.kind);

describe("measureCue", () => {
  it("counts the widest line, the lines and the speed", () => {
    expect(measureCue("안녕하세요\n반가워요", twoSeconds, korean)).toEqual([
      { kind: "lineWidth", value: 5, limit: 16, over: false },
      { kind: "lines", value: 2, limit: 2, over: false },
      { kind: "speed", value: 4.5, limit: 14, over: false },
    ]);
  });

  it("finds nothing wrong with nothing", () => {
    expect(over(" \n ")).toEqual([]);
    expect(over("", { startMs: 0, endMs: 0 })).toEqual([]);
  });

  it.each([
    ["가".repeat(16), []],
    ["가".repeat(17), ["lineWidth"]],
    ["가\n나\n다", ["lines"]],
    [`${"가".repeat(15)}\n${"나".repeat(15)}`, ["speed"]],
    ["<i>가나다</i>", []],
  ])("%j is over in %j", (text, kinds) => {
    expect(over(text)).toEqual(kinds);
  });
});
