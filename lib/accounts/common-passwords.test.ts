import { dictionary } from "@zxcvbn-ts/language-common";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packPasswords } from "@/scripts/common-passwords.mjs";
import { coresOf, isCommonPassword, listHas } from "./common-passwords";

describe("the packaged list", () => {
  it.each([
    "123456",
    "password",
    "Password",
    "qwerty",
    "iloveyou",
    "1q2w3e4r5t",
    "trustno1",
    "dkssud",
  ])("has %s", async (password) => {
    expect(await isCommonPassword(password)).toBe(true);
  });

  it("has nearly all of another list of common passwords", async () => {
    const known = dictionary["passwords-common"].slice(0, 5_000);
    const found = await Promise.all(known.map(isCommonPassword));
    expect(found.filter(Boolean).length / known.length).toBeGreaterThan(0.95);
  });

  it("has nothing made at random", async () => {
    const random = fc.string({ minLength: 14, maxLength: 40, unit: "grapheme" });
    const varied = random.filter((password) => new Set(password).size >= 8);
    await fc.assert(
      fc.asyncProperty(varied, async (password) => {
        expect(await isCommonPassword(password)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("packing", () => {
  const passwords = fc.array(fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }));

  it("keeps every password findable, whatever its case or Unicode form, and no other", () => {
    fc.assert(
      fc.property(passwords, fc.string({ minLength: 30 }), (list, other) => {
        const packed = packPasswords(list);
        for (const password of list) {
          expect(listHas(packed, password)).toBe(true);
          expect(listHas(packed, password.normalize("NFD"))).toBe(true);
        }
        expect(listHas(packed, other)).toBe(false);
      }),
    );
    expect(listHas(packPasswords(["Straße Å"]), "STRASSE Å")).toBe(false);
    expect(listHas(packPasswords(["Ångström"]), "ÅNGSTRÖM".normalize("NFD"))).toBe(true);
  });

  it("sorts, drops doubles and takes only long ones from the long lists", () => {
    const packed = packPasswords(["b", "a", "A"], ["short", "long enough 1", ""]);
    expect(packed).toHaveLength(3 * 6);
    expect(listHas(packed, "long enough 1")).toBe(true);
    expect(listHas(packed, "short")).toBe(false);
    expect(listHas(Buffer.alloc(0), "a")).toBe(false);
  });
});

describe("what is left of a dressed-up password", () => {
  it.each([
    ["Password2024!", "password"],
    ["!!dragon99", "dragon"],
    ["trustno1!!", "trustno1"],
    ["monkeymonkeymonkey", "monkey"],
    ["sunshine_sunshine", "sunshine"],
    ["trustno1-trustno1", "trustno1"],
    ["1star2star3", "star"],
    ["!1q2w3e4r2026", "1q2w3e4r"],
    ["한국어한국어123", "한국어"],
  ])("%s has the core %s", (password, core) => {
    expect(coresOf(password)).toContain(core);
  });

  it.each(["correct horse battery staple", "xk9#mq2$vl"])(
    "%s has no core but itself",
    (password) => {
      expect(coresOf(password)).toEqual([password]);
    },
  );

  it("nothing but digits and signs is looked up as it is", () => {
    expect(coresOf("839201738451!")).toEqual(["839201738451!"]);
  });

  it("a short word beside many digits isn't a core", () => {
    expect(coresOf("monkey8392017463")).not.toContain("monkey");
    expect(coresOf("83920monkey17463")).not.toContain("monkey");
  });

  it("is found in little time for the longest", () => {
    const startedMs = performance.now();
    coresOf(`${"ab".repeat(127)}c`);
    coresOf("1!".repeat(128));
    expect(performance.now() - startedMs).toBeLessThan(100);
  });
});
