import { describe, expect, it } from "vitest";
import { canReach } from "./postgres-home.mjs";

const server = { uid: 101, gid: 104 };
const root = { uid: 0, gid: 0 };

/** A file system of folders with owners and modes. */
function folders(modes: Record<string, number | { mode: number; uid: number; gid: number }>) {
  return (folder: string) => {
    const known = modes[folder];
    return typeof known === "number" ? { ...root, mode: known } : known;
  };
}

describe("canReach", () => {
  it.each([
    ["an open path", { "/": 0o755, "/srv": 0o755, "/srv/ax2": 0o711 }, true],
    ["a closed home folder", { "/": 0o755, "/srv": 0o700, "/srv/ax2": 0o755 }, false],
    ["a folder that can be read but not entered", { "/": 0o755, "/srv": 0o744 }, false],
    ["what doesn't exist yet in an open folder", { "/": 0o755, "/srv": 0o755 }, true],
    ["a closed last folder", { "/": 0o755, "/srv": 0o755, "/srv/ax2": 0o700 }, false],
  ])("judges %s", (_what, modes, reachable) => {
    expect(canReach("/srv/ax2", server, folders(modes))).toBe(reachable);
  });

  it("looks at the owner's and the group's right where they apply", () => {
    const own = { "/": 0o755, "/srv": { mode: 0o700, uid: 101, gid: 0 } };
    expect(canReach("/srv", server, folders(own))).toBe(true);
    const group = { "/": 0o755, "/srv": { mode: 0o710, uid: 0, gid: 104 } };
    expect(canReach("/srv", server, folders(group))).toBe(true);
    const groupClosed = { "/": 0o755, "/srv": { mode: 0o701, uid: 0, gid: 104 } };
    expect(canReach("/srv", server, folders(groupClosed))).toBe(false);
  });
});
