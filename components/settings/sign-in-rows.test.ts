import { describe, expect, it } from "vitest";
import type { ProviderId, SignInMethods } from "@/lib/auth/schema";
import { signInRows } from "./sign-in-rows";

const methods = (
  password: boolean,
  linked: ProviderId[],
  available: ProviderId[],
): SignInMethods => ({
  password,
  identities: linked.map((provider) => ({
    provider,
    email: null,
    linkedAt: "2026-01-01T00:00:00Z",
    lastUsedAt: "2026-01-02T00:00:00Z",
  })),
  available,
  secondFactor: { on: false, recoveryCodesLeft: 0 },
});

describe("signInRows", () => {
  it.each([
    [methods(true, [], []), []],
    [methods(true, [], ["naver", "google"]), ["google link", "naver link"]],
    [methods(true, ["kakao"], ["google", "kakao"]), ["google link", "kakao unlink"]],
    [methods(false, ["kakao"], ["google", "kakao"]), ["google link", "kakao last"]],
    [methods(false, ["naver", "kakao"], ["kakao"]), ["kakao unlink", "naver unlink"]],
    // Linked once and not offered any more: it can still be let go.
    [methods(true, ["google"], []), ["google unlink"]],
  ])("case %#", (given, expected) => {
    expect(signInRows(given).map(({ provider, change }) => `${provider} ${change}`)).toEqual(
      expected,
    );
  });

  it("carries what is known of a linked one", () => {
    const [row] = signInRows(methods(true, ["google"], ["google"]));
    expect(row?.identity?.lastUsedAt).toBe("2026-01-02T00:00:00Z");
  });
});
