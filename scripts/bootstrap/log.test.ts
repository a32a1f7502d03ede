import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTail, openLogFile } from "./log.mjs";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "ax2-log-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("openLogFile", () => {
  it("moves a full file aside and keeps two old ones", () => {
    const file = path.join(folder, "logs/web.log");
    for (const text of ["first", "second", "third", "fourth"]) {
      const log = openLogFile(file, 10);
      log.write(`${text} line\n`);
      log.close();
    }
    const last = openLogFile(file, 10);
    last.write("5th\n");
    last.close();
    const content = (name: string) => readFileSync(path.join(folder, "logs", name), "utf8");
    expect(content("web.log")).toBe("5th\n");
    expect(content("web.log.1")).toBe("fourth line\n");
    expect(content("web.log.2")).toBe("third line\n");
    expect(existsSync(path.join(folder, "logs/web.log.3"))).toBe(false);
  });

  it("goes on in a file that isn't full", () => {
    const file = path.join(folder, "web.log");
    for (const text of ["a\n", "b\n"]) {
      const log = openLogFile(file);
      log.write(text);
      log.close();
    }
    expect(readFileSync(file, "utf8")).toBe("a\nb\n");
  });
});

describe("createTail", () => {
  it("keeps the last lines, however the chunks fall, and the unfinished one", () => {
    const tail = createTail(3);
    for (const chunk of ["one\ntw", "o\n\nthree\n", "four\nfi", "ve"]) tail.push(chunk);
    expect(tail.lines()).toEqual(["three", "four", "five"]);
  });
});
