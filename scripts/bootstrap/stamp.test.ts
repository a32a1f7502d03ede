import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildHash } from "./build.mjs";
import { hashInputs, isStamped, stamp } from "./stamp.mjs";

let root = "";

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "ax2-stamp-"));
  write("app/page.tsx", "page");
  write("app/api/route.ts", "route");
  write("next.config.ts", "config");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("hashInputs", () => {
  const inputs = ["app", "next.config.ts", "proxy.ts"];

  it("is the same for the same files", () => {
    expect(hashInputs(root, inputs)).toBe(hashInputs(root, inputs));
  });

  it.each([
    ["a changed file", () => write("app/api/route.ts", "other")],
    ["a new file", () => write("app/new.ts", "")],
    ["a removed file", () => rmSync(path.join(root, "app/page.tsx"))],
    [
      "a renamed file",
      () => renameSync(path.join(root, "app/page.tsx"), path.join(root, "app/p.tsx")),
    ],
    ["a named file that appears", () => write("proxy.ts", "proxy")],
  ])("differs after %s", (_what, change) => {
    const before = hashInputs(root, inputs);
    change();
    expect(hashInputs(root, inputs)).not.toBe(before);
  });

  it("doesn't take content that moves from one file to the next for the same", () => {
    write("app/a", "12");
    write("app/b", "3");
    const before = hashInputs(root, ["app"]);
    write("app/a", "1");
    write("app/b", "23");
    expect(hashInputs(root, ["app"])).not.toBe(before);
  });

  it("leaves out what is to be skipped", () => {
    const skip = (file: string) => file.endsWith(".test.ts");
    const before = hashInputs(root, inputs, { skip });
    write("app/page.test.ts", "test");
    expect(hashInputs(root, inputs, { skip })).toBe(before);
  });
});

describe("stamp", () => {
  it("is believed only with the same hash", () => {
    const file = path.join(root, "stamp");
    expect(isStamped(file, "a")).toBe(false);
    stamp(file, "a");
    expect(isStamped(file, "a")).toBe(true);
    expect(isStamped(file, "b")).toBe(false);
  });
});

describe("buildHash", () => {
  it("changes with variables that are written into the pages, and with no others", () => {
    const plain = buildHash(root, { DATABASE_URL: "a" });
    expect(buildHash(root, { DATABASE_URL: "b" })).toBe(plain);
    expect(buildHash(root, { NEXT_PUBLIC_NAME: "x" })).not.toBe(plain);
  });

  it("doesn't change with tests or the speech server", () => {
    const before = buildHash(root, {});
    write("app/page.test.tsx", "test");
    write("lib/testing/factories.ts", "factory");
    write("lib/speech/server/__main__.py", "server");
    expect(buildHash(root, {})).toBe(before);
    write("lib/speech/index.ts", "client");
    expect(buildHash(root, {})).not.toBe(before);
  });
});
