import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.join(import.meta.dirname, "..");

function coveredPoints(): Set<number> {
  const source = readFileSync(path.join(root, "app/fonts/pretendard-core.ts"), "utf8");
  const ranges = source.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/g);
  const points = new Set<number>();
  for (const [, first = "", last = first] of ranges) {
    const end = Number.parseInt(last, 16);
    for (let point = Number.parseInt(first, 16); point <= end; point++) points.add(point);
  }
  return points;
}

/** The texts of the pages that a newcomer sees first; elsewhere a slice more does no harm. */
const firstAreas = ["auth", "common", "errors", "marketing"];

function lettersOfFirstView(): Set<string> {
  const files = ["ko", "en"].flatMap((locale) =>
    firstAreas.map((area) => path.join(root, "messages", locale, `${area}.json`)),
  );
  const text = files.map((file) => readFileSync(file, "utf8")).join("");
  return new Set(text.replace(/\s/g, ""));
}

it("the preloaded font has every letter of the first pages (else: npm run fonts)", () => {
  const covered = coveredPoints();
  const missing = [...lettersOfFirstView()].filter(
    (letter) => !covered.has(letter.codePointAt(0) ?? 0),
  );
  expect(missing).toEqual([]);
});

it("the preloaded font stays within the first view's budget of 120 kB", () => {
  expect(statSync(path.join(root, "app/fonts/pretendard-core.woff2")).size).toBeLessThan(120_000);
});
