import { describe, expect, it } from "vitest";
import { ApiError } from "@/lib/client/api";
import { reauthenticationForm, reauthenticationNeeds } from "./reauthentication";

describe("reauthenticationNeeds", () => {
  const refused = (data: unknown) => new ApiError("reauthentication_required", { data });

  it("reads what the server asks for", () => {
    const needs = { password: true, providers: ["google" as const], code: true };
    expect(reauthenticationNeeds(refused(needs))).toEqual(needs);
  });

  it.each([
    [new ApiError("forbidden", { data: { password: true, providers: [], code: false } })],
    [new Error("reauthentication_required")],
    [undefined],
  ])("finds none in another failure", (error) => {
    expect(reauthenticationNeeds(error)).toBeUndefined();
  });

  it.each([undefined, null, {}, { password: "yes" }, { password: true, providers: ["x"] }])(
    "offers nothing where the answer is %j",
    (data) => {
      expect(reauthenticationNeeds(refused(data))).toEqual({
        password: false,
        providers: [],
        code: false,
      });
    },
  );
});

describe("reauthenticationForm", () => {
  it.each([
    [{ password: true, providers: [], code: false }, false],
    [{ password: true, providers: [], code: true }, true],
    [{ password: true, providers: ["kakao" as const], code: true }, true],
    [{ password: false, providers: ["kakao" as const], code: true }, false],
    [{ password: false, providers: [], code: true }, false],
    [{ password: false, providers: [], code: false }, false],
  ])("%j asks for a code: %s", (needs, code) => {
    expect(reauthenticationForm(needs)).toEqual({ ...needs, code });
  });
});
