import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confirmsDeletion } from "./deletion-policy";

describe("confirmsDeletion", () => {
  const account = { email: "somebody@example.com", name: "Somebody" };
  const nameless = { email: null, name: "홍 길동" };

  it.each([
    [account, "somebody@example.com", true],
    [account, "  SomeBody@Example.COM\n", true],
    [account, "ｓomebody@example.com", true],
    [account, "", false],
    [account, "Somebody", false],
    [account, "somebody@example.co", false],
    [account, "somebody@example.com, nobody@example.com", false],
    [nameless, "홍 길동", true],
    [nameless, " 홍 길동 ", true],
    [nameless, "홍길동", false],
    [nameless, "", false],
    [{ email: null, name: "Ann" }, "ANN", true],
    [{ email: null, name: " " }, "", false],
  ])("%j with %j: %s", (whose, typed, expected) => {
    expect(confirmsDeletion(whose, typed)).toBe(expected);
  });

  it("takes nothing but the address", () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        fc.pre(typed.trim().toLowerCase() !== account.email);
        expect(confirmsDeletion(account, typed)).toBe(false);
      }),
    );
  });
});
