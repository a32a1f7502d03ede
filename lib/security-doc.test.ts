import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const text = readFileSync(path.join(root, "docs/security.md"), "utf8");
const rows = text.split("\n").filter((line) => /^\| \d+\.\d+\.\d+/.test(line));

/** The requirements that a row's first cell names: "1.4.1 to 1.4.3" are three. */
function idsOf(row: string): string[] {
  const cell = row.split("|")[1] ?? "";
  const range = /(\d+\.\d+)\.(\d+) to \1\.(\d+)/.exec(cell);
  if (!range) return cell.match(/\d+\.\d+\.\d+/g) ?? [];
  const [from, to] = [Number(range[2]), Number(range[3])];
  return Array.from({ length: to - from + 1 }, (_, index) => `${range[1]}.${from + index}`);
}

describe("docs/security.md", () => {
  it("speaks of each requirement once", () => {
    const ids = rows.flatMap(idsOf);
    expect(ids.length).toBeGreaterThan(180);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("names tests and files that there are", () => {
    const named = [...text.matchAll(/`((?:app|components|e2e|lib|scripts)\/[^`\s]+)`/g)];
    expect(named.length).toBeGreaterThan(100);
    const missing = named
      .map((match) => match[1] ?? "")
      .filter((file) => !existsSync(path.join(root, file)));
    expect(missing).toEqual([]);
  });

  it("has four cells in every row, and something in the third", () => {
    for (const row of rows) {
      const cells = row.split(" | ");
      expect(cells.length, row).toBe(4);
      expect(cells[2]?.trim(), row).not.toBe("");
    }
  });
});
