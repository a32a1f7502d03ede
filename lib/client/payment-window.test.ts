import { describe, expect, it } from "vitest";
import { returnUrl, windowError } from "./payment-window";

const named = (name: string, code?: string) =>
  Object.assign(new Error("words of theirs"), { name, ...(code === undefined ? {} : { code }) });

describe("windowError", () => {
  it.each([
    [named("ScriptLoadFailedError"), "blocked", "ScriptLoadFailedError"],
    [named("NamespaceNotAvailableError"), "blocked", "NamespaceNotAvailableError"],
    [named("ChunkLoadError"), "blocked", "ChunkLoadError"],
    [new TypeError("Failed to fetch"), "blocked", "TypeError"],
    [named("UserCancelError", "USER_CANCEL"), "closed", "USER_CANCEL"],
    [named("Error", "DUPLICATED_ORDER_ID"), "refused", "DUPLICATED_ORDER_ID"],
    ["thrown without an error", "refused", "UNKNOWN"],
  ])("%s is %s", (error, problem, code) => {
    expect(windowError(error)).toMatchObject({ problem, code, cause: error });
  });
});

describe("returnUrl", () => {
  const address = "https://ax2.example/credits/top-up/done";

  it("keeps where the person was going", () => {
    expect(returnUrl(address, { back: null })).toBe(address);
    const whole = `${address}?back=%2Fvideos%2F1%3Ftab%3D2&package=plus`;
    expect(returnUrl(address, { back: "/videos/1?tab=2", packageId: "plus" })).toBe(whole);
  });

  it("never leads elsewhere", () => {
    expect(returnUrl(address, { back: "//evil.example" })).toBe(`${address}?back=%2Fvideos`);
  });
});
