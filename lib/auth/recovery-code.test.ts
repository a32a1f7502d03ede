import { describe, expect, it } from "vitest";
import { canonicalRecoveryCode, newRecoveryCode } from "./recovery-code";

describe("a recovery code", () => {
  it("has two groups of five letters that can't be misread", () => {
    const codes = Array.from({ length: 200 }, newRecoveryCode);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(new Set(codes).size).toBe(200);
    expect(new Set(codes.join("")).size).toBe(33);
  });

  it.each(["7QK3M-0XV91", "7qk3m 0xv91", "7QK3MoxV9l", " 7qk3m-OXV9I "])(
    "is the same typed as %j",
    (typed) => {
      expect(canonicalRecoveryCode(typed)).toBe("7QK3M0XV91");
    },
  );
});
