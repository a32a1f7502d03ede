import { describe, expect, it } from "vitest";
import { invariantNames } from "@/lib/credits/invariants";
import en from "@/messages/en/admin.json";
import ko from "@/messages/ko/admin.json";

describe("words for findings", () => {
  it("are there for each invariant of the ledger, in both languages", () => {
    for (const name of invariantNames) {
      for (const { code } of [ko, en]) expect(code).toHaveProperty(`ledger_${name}`);
    }
    expect(Object.keys(ko.code)).toEqual(Object.keys(en.code));
  });
});
