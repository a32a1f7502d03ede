import { describe, expect, it } from "vitest";
import type { SessionView } from "@/lib/auth/schema";
import { inOrder } from "@/lib/client/use-sessions";
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

describe("inOrder", () => {
  const session = (id: string, lastSeenAt: string, current = false): SessionView => ({
    id,
    current,
    kind: "browser",
    device: "Chrome · Windows",
    network: null,
    sameNetwork: false,
    remember: false,
    createdAt: "2026-01-01T00:00:00Z",
    lastSeenAt,
  });

  it("puts this one first, then the latest used", () => {
    const sessions = [
      session("old", "2026-01-01T00:00:00Z"),
      session("this", "2026-01-02T00:00:00Z", true),
      session("new", "2026-01-03T00:00:00Z"),
    ];
    expect(inOrder(sessions).map(({ id }) => id)).toEqual(["this", "new", "old"]);
    expect(sessions[0]?.id).toBe("old");
  });
});
