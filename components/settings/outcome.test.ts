import { describe, expect, it } from "vitest";
import { readOutcome } from "./outcome";

describe("readOutcome", () => {
  it.each([
    ["?linked=google", { kind: "linked", provider: "google" }, ""],
    ["?tab=x&linked=naver", { kind: "linked", provider: "naver" }, "?tab=x"],
    ["?problem=identity_taken", { kind: "problem", code: "identity_taken" }, ""],
    ["?problem=<script>", { kind: "problem", code: "internal" }, ""],
    ["?problem=provider_denied&linked=kakao", { kind: "problem", code: "provider_denied" }, ""],
    ["?reauthenticated=1", { kind: "reauthenticated" }, ""],
    ["?linked=evil", null, ""],
    ["?linked", null, ""],
    ["?q=1", null, "?q=1"],
    ["", null, ""],
  ])("%s", (search, outcome, rest) => {
    expect(readOutcome(search)).toEqual({ outcome, search: rest });
  });
});
