import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { looksLikeEmail, normaliseEmail } from "./email";
import { emailSchema } from "./schema";

describe("an address in a form", () => {
  it.each([
    ["  Kim@Example.com ", true],
    ["kim＠example.com", true],
    ["kim+notes@mail.example.co.kr", true],
    ["", false],
    ["kim", false],
    ["kim@example", false],
    ["kim @example.com", false],
    ["kim@lee@example.com", false],
    [`${"k".repeat(243)}@example.com`, false],
  ])("%j: %s, as the server says", (typed, taken) => {
    expect(looksLikeEmail(normaliseEmail(typed))).toBe(taken);
    expect(emailSchema.safeParse(typed).success).toBe(taken);
  });

  it("isn't refused when the server would take it", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (typed) => {
        const address = emailSchema.safeParse(typed);
        fc.pre(address.success);
        expect(looksLikeEmail(normaliseEmail(typed))).toBe(true);
      }),
    );
  });
});
