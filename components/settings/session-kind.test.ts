import { describe, expect, it } from "vitest";
import { sessionKind } from "./session-kind";

describe("sessionKind", () => {
  it.each([
    ["api", "curl", "program"],
    ["api", "Chrome · Android", "program"],
    ["browser", "Samsung Internet · Android", "phone"],
    ["browser", "Safari · iPhone", "phone"],
    ["browser", "Safari · iPad", "tablet"],
    ["browser", "Chrome · Windows", "computer"],
    ["browser", "", "computer"],
  ] as const)("%s %s: %s", (kind, device, expected) => {
    expect(sessionKind({ kind, device })).toBe(expected);
  });
});
