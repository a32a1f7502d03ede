import { describe, expect, it } from "vitest";
import type { PackageView } from "@/lib/topups/schema";
import { captionMinutes, perMinuteKrw, suggestPackage, totalCredits } from "./package-suggestion";

const pack = (
  id: string,
  credits: number,
  bonusCredits: number,
  amountKrw: number,
): PackageView => ({
  id,
  credits,
  bonusCredits,
  amountKrw,
  listKrw: amountKrw,
  discountKrw: 0,
  suppliedKrw: Math.round(amountKrw / 1.1),
  vatKrw: amountKrw - Math.round(amountKrw / 1.1),
  promotion: null,
});
const light = pack("light", 300, 0, 3_300);
const standard = pack("standard", 1_000, 50, 11_000);
const plus = pack("plus", 3_000, 300, 33_000);
const packages = [light, standard, plus];

describe("suggestPackage", () => {
  it.each([
    [0, "light", true],
    [300, "light", true],
    [301, "standard", true],
    // With the bonus it is enough.
    [1_050, "standard", true],
    [1_051, "plus", true],
    [3_300, "plus", true],
    [3_301, "plus", false],
  ])("for %i lacking credits: %s, sufficient: %s", (need, packageId, sufficient) => {
    expect(suggestPackage(packages, { need, earlier: null })).toEqual({ packageId, sufficient });
  });

  it("takes the cheapest sufficient one, whatever the order", () => {
    const cheap = pack("cheap", 1_000, 0, 5_000);
    const list = [plus, standard, cheap];
    expect(suggestPackage(list, { need: 900, earlier: null })?.packageId).toBe("cheap");
  });

  it("keeps the earlier choice while it is on sale", () => {
    const need = 500;
    expect(suggestPackage(packages, { need, earlier: "light" })).toEqual({
      packageId: "light",
      sufficient: false,
    });
    expect(suggestPackage(packages, { need, earlier: "gone" })?.packageId).toBe("standard");
  });

  it("has nothing to suggest where nothing is on sale", () => {
    expect(suggestPackage([], { need: 10, earlier: "light" })).toBeNull();
  });
});

describe("what a package comes to", () => {
  it.each([
    [light, 300, 30, 110],
    [standard, 1_050, 105, 105],
    [plus, 3_300, 330, 100],
  ])("%j", (each, total, minutes, krw) => {
    expect(totalCredits(each)).toBe(total);
    expect(captionMinutes(each)).toBe(minutes);
    expect(perMinuteKrw(each)).toBe(krw);
  });
});
