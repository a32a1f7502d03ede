import { readFileSync } from "node:fs";
import path from "node:path";
import { unstable_doesMiddlewareMatch } from "next/experimental/testing/server.js";
import { describe, expect, it } from "vitest";

const file = path.resolve(import.meta.dirname, "../../proxy.ts");
// Read, not imported: Next takes it from the text too, and proxy.ts needs Next's own loader.
const matcher = JSON.parse(
  /matcher: \[("[^\n]+")\]/.exec(readFileSync(file, "utf8"))?.[1] ?? '""',
) as string;

describe("what passes proxy.ts", () => {
  it.each([
    ["/", true],
    ["/login", true],
    ["/ko/videos/0198c0de-0000-7000-8000-000000000000", true],
    // A page by its inner address, whose last part looks like a file's name.
    ["/ko/videos/a.b", true],
    ["/settings/security/x.png", true],
    ["/apiary", true],
    ["/api", false],
    ["/api/v1/uploads", false],
    ["/api/v1/uploads/a.b", false],
    ["/_next/static/chunks/a.js", false],
    ["/.well-known/jwks.json", false],
    ["/icon.svg", false],
    ["/robots.txt", false],
  ])("%s: %s", (url, passes) => {
    expect(unstable_doesMiddlewareMatch({ config: { matcher }, url })).toBe(passes);
  });
});
