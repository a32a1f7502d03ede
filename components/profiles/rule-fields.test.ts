import { describe, expect, it } from "vitest";
import { builtInProfiles } from "@/lib/profiles/built-in";
import { ownRules } from "@/lib/profiles/schema";
import { fieldsOf, freeName, readProfile, readRules, rulesFrom } from "./rule-fields";

const netflix = rulesFrom("netflix", "ko");
const fields = fieldsOf({ name: "강의", rules: netflix });
const withNumber = (change: Partial<typeof fields.numbers>) => ({
  ...fields,
  numbers: { ...fields.numbers, ...change },
});

describe("the form of a profile", () => {
  it.each(
    builtInProfiles.flatMap((name) => ["ko", "en", "ja"].map((code) => [name, code] as const)),
  )("%s in %s is within the limits, and read back as it was", (name, code) => {
    const rules = rulesFrom(name, code);
    expect(ownRules.parse(rules)).toEqual(rules);
    expect(readProfile(fieldsOf({ name: "x", rules }))).toEqual({ name: "x", rules });
  });

  it("tells times in seconds", () => {
    expect(fields.numbers).toMatchObject({ minDurationMs: "0.833", maxLineWidth: "16" });
    expect(readRules(withNumber({ minDurationMs: "1,25" })).rules?.minDurationMs).toBe(1250);
  });

  it.each([
    [{ maxLineWidth: "" }, { maxLineWidth: "range" }],
    [{ maxLineWidth: "5" }, { maxLineWidth: "range" }],
    [{ maxCharsPerSecond: "빨리" }, { maxCharsPerSecond: "range" }],
    [{ maxDurationMs: "21" }, { maxDurationMs: "range" }],
    [{ minGapFrames: "1.5" }, { minGapFrames: "whole" }],
    [{ minDurationMs: "3", maxDurationMs: "2.5" }, { maxDurationMs: "order" }],
  ])("%j is wrong in its field", (change, problems) => {
    expect(readRules(withNumber(change))).toEqual({ problems });
    expect(readProfile(withNumber(change))).toBeUndefined();
  });

  it("needs a name", () => {
    expect(readProfile({ ...fields, name: "  " })).toBeUndefined();
  });
});

describe("a new profile's name", () => {
  it("is free", () => {
    expect(freeName("TED", [])).toBe("TED");
    expect(freeName("TED", ["TED", "TED 2"])).toBe("TED 3");
  });
});
