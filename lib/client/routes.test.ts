import { readdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStudioPath, routes, safeNextPath, topUpFor } from "./routes";

const pagesDir = path.join(import.meta.dirname, "../../app/[locale]");

function pageFiles(): string[] {
  return readdirSync(pagesDir, { recursive: true, encoding: "utf8" }).filter(
    (file) => path.basename(file) === "page.tsx" && !file.includes("[..."),
  );
}

/** Every page as a pattern of its address: groups vanish, `[id]` matches one part. */
function pagePatterns(): RegExp[] {
  return pageFiles()
    .map((file) =>
      path
        .dirname(file)
        .split(path.sep)
        .filter((part) => part !== "." && !/^\(.*\)$/.test(part))
        .map((part) => (/^\[.*\]$/.test(part) ? "/[^/]+" : `/${part}`))
        .join(""),
    )
    .map((pattern) => new RegExp(`^${pattern || "/"}$`));
}

describe("routes", () => {
  it.each(Object.entries(routes))("%s leads to a page", (_name, build) => {
    const { pathname } = new URL(build("0198-id"), "http://self.invalid");
    expect(pagePatterns().filter((pattern) => pattern.test(pathname))).toHaveLength(1);
  });

  it("names every page of the studio as one that needs a log-in", () => {
    const studioPages = pageFiles().filter((file) => file.startsWith("(studio)"));
    expect(studioPages.length).toBeGreaterThan(0);
    for (const file of studioPages) expect(isStudioPath(`/${file.split(path.sep)[1]}`)).toBe(true);
    const publicRoutes = [routes.home(), routes.login("/videos"), routes.signUp()];
    for (const route of publicRoutes) expect(isStudioPath(route)).toBe(false);
  });

  it("keeps an id within its part of the address", () => {
    expect(routes.video("../jobs?x#y")).toBe("/videos/..%2Fjobs%3Fx%23y");
  });

  it("carries where to go afterwards", () => {
    expect(routes.login("/videos?state=done")).toBe("/login?next=%2Fvideos%3Fstate%3Ddone");
    expect(routes.signUp()).toBe("/sign-up");
    const { searchParams } = new URL(topUpFor(40, "/videos/1?a=b&c"), "http://self.invalid");
    expect(Object.fromEntries(searchParams)).toEqual({ need: "40", back: "/videos/1?a=b&c" });
  });
});

describe("safeNextPath", () => {
  it.each([
    ["/videos", "/videos"],
    ["/videos/1?tab=cues#c2", "/videos/1?tab=cues#c2"],
    ["/jobs/../videos", "/videos"],
  ])("keeps %s", (value, expected) => {
    expect(safeNextPath(value)).toBe(expected);
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "\\\\evil.example",
    "https://evil.example/videos",
    "javascript:alert(1)",
    "/..//evil.example",
    "/.//evil.example",
    "videos",
    "",
    undefined,
    ["/videos"],
  ])("refuses %j", (value) => {
    expect(safeNextPath(value)).toBe("/videos");
  });

  it("never leaves the site, whatever is given", () => {
    const parts = fc.constantFrom(
      "/",
      "\\",
      "\t",
      "\r",
      "..",
      ".",
      "@",
      ":",
      "evil.example",
      "%2f",
      "?",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((list) => `/${list.join("")}`),
        ),
        (value) => {
          const next = safeNextPath(value);
          const resolved = new URL(next, "https://caption.example/login");
          expect(resolved.origin).toBe("https://caption.example");
          expect(next.startsWith("/")).toBe(true);
        },
      ),
    );
  });
});
