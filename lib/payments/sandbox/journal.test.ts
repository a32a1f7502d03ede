import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openJournal } from "./journal";

let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "ax2-journal-"));
  file = path.join(folder, "deep/journal.jsonl");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("openJournal", () => {
  it("knows after a restart what it knew, the last of each", () => {
    const journal = openJournal(file);
    journal.put("payment", "one", { status: "READY" });
    journal.put("payment", "one", { status: "DONE" });
    journal.put("payment", "two", { status: "READY" });
    journal.put("answer", "one", 1);
    journal.remove("payment", "two");
    const again = openJournal(file);
    expect(again.entries("payment")).toEqual([["one", { status: "DONE" }]]);
    expect(again.get("answer", "one")).toBe(1);
    expect(again.get("answer", "two")).toBeUndefined();
  });

  it("forgets the line that a kill cut off, and nothing else", () => {
    openJournal(file).put("payment", "one", 1);
    appendFileSync(file, '{"kind":"payment","id":"one","val');
    const again = openJournal(file);
    expect(again.get("payment", "one")).toBe(1);
    again.put("payment", "two", 2);
    expect(openJournal(file).entries("payment")).toHaveLength(2);
  });

  it("leaves out at the start what was replaced", () => {
    const journal = openJournal(file);
    for (let value = 0; value < 100; value += 1) journal.put("payment", "one", value);
    openJournal(file);
    expect(readFileSync(file, "utf8")).toBe('{"kind":"payment","id":"one","value":99}\n');
  });

  it("keeps nothing without a file", () => {
    const journal = openJournal(undefined);
    journal.put("payment", "one", 1);
    expect(journal.get("payment", "one")).toBe(1);
  });
});
