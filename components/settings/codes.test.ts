import { describe, expect, it } from "vitest";
import { groupInFours, recoveryCodesText } from "./codes";

describe("groupInFours", () => {
  it.each([
    ["JBSWY3DPEHPK3PXP", "JBSW Y3DP EHPK 3PXP"],
    ["JBSWY3", "JBSW Y3"],
    ["", ""],
  ])("of %s", (secret, grouped) => {
    expect(groupInFours(secret)).toBe(grouped);
  });
});

describe("recoveryCodesText", () => {
  it("has every code on a line of its own, and says whose they are", () => {
    const text = recoveryCodesText({
      title: "AX2 Caption recovery codes",
      note: "Each works once.",
      account: "a@b.c",
      date: "1 May 2026",
      codes: ["AAAA-BBBB", "CCCC-DDDD"],
    });
    expect(text.split("\r\n")).toEqual([
      "AX2 Caption recovery codes",
      "a@b.c",
      "1 May 2026",
      "",
      "AAAA-BBBB",
      "CCCC-DDDD",
      "",
      "Each works once.",
      "",
    ]);
  });
});
