import { describe, expect, it } from "vitest";
import type { Finding } from "@/lib/subtitles/quality/types";
import { groupFindings, repairsOfAll } from "./finding-groups";
import { shareText } from "./use-share";

const finding = (
  code: Finding["code"],
  severity: Finding["severity"],
  startMs: number,
  repair?: Finding["repair"],
): Finding => ({
  id: `${code}:${startMs}`,
  code,
  severity,
  startMs,
  endMs: startMs + 1_000,
  values: {},
  ...(repair && { repair }),
});

const findings = [
  finding("removed_text", "info", 0, "restore"),
  finding("reading_speed", "warning", 9_000, "extend"),
  finding("reading_speed", "error", 5_000),
  finding("line_width", "warning", 1_000, "break_lines"),
];

describe("groupFindings", () => {
  it("puts the gravest first and each group in order of time", () => {
    const groups = groupFindings(findings);
    expect(groups.map(({ code, severity }) => [code, severity])).toEqual([
      ["reading_speed", "error"],
      ["line_width", "warning"],
      ["removed_text", "info"],
    ]);
    expect(groups[0]?.findings.map(({ startMs }) => startMs)).toEqual([5_000, 9_000]);
    expect(groups[0]).toMatchObject({ repairs: ["extend"], repairable: 1 });
  });

  it("keeps to one severity", () => {
    expect(groupFindings(findings, "info").map(({ code }) => code)).toEqual(["removed_text"]);
  });

  it("never restores what was invented along with the rest", () => {
    expect(repairsOfAll(groupFindings(findings))).toEqual(["extend", "break_lines"]);
  });
});

describe("shareText", () => {
  it.each([
    [1, "100%"],
    [0.99999, "99.9%"],
    [0.984, "98.4%"],
    [0.0001, "0.1%"],
    [0, "0%"],
  ])("%d is %s", (share, text) => {
    expect(shareText(share, "ko")).toBe(text);
  });
});
