import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  documentedVariables,
  isLocalMode,
  readEnvironment,
  serviceEnvironment,
} from "./environment.mjs";

let root = "";

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "ax2-environment-"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("readEnvironment", () => {
  it("puts .env.local over .env and the process over both", () => {
    writeFileSync(path.join(root, ".env"), "A=env\nB=env\nC=env\n");
    writeFileSync(path.join(root, ".env.local"), 'B=local\nC="two words"\n');
    expect(readEnvironment(root, { C: "process" })).toEqual({ A: "env", B: "local", C: "process" });
  });

  it("keeps an empty variable of the process: it switches one of a file off", () => {
    writeFileSync(path.join(root, ".env"), "OPENAI_API_KEY=sk-file\n");
    expect(readEnvironment(root, { OPENAI_API_KEY: "" })).toEqual({ OPENAI_API_KEY: "" });
  });

  it("needs no file", () => {
    expect(readEnvironment(root, { A: "1" })).toEqual({ A: "1" });
  });
});

describe("serviceEnvironment", () => {
  it("fills in only what the person left out or left empty", () => {
    const env = { AUTH_SECRET: "mine", APP_URL: "" };
    const embedded = { AUTH_SECRET: "made", APP_URL: "http://localhost:3000", NONE: undefined };
    expect(serviceEnvironment({ env, embedded })).toEqual({
      AUTH_SECRET: "mine",
      APP_URL: "http://localhost:3000",
    });
  });
});

describe("isLocalMode", () => {
  it.each([
    [{}, true],
    [{ AX2_MODE: "" }, true],
    [{ AX2_MODE: "local", VERCEL: "1" }, true],
    [{ AX2_MODE: "production" }, false],
    [{ VERCEL: "1" }, false],
  ])("%o: %s", (env, local) => {
    expect(isLocalMode(env)).toBe(local);
  });
});

describe("documentedVariables", () => {
  it("finds what is commented out and what is set, and no prose", () => {
    const text = "# The address, e.g. PORT=1\n# APP_URL=https://x\nPORT=3000\n#LOG_LEVEL=info\n";
    expect(documentedVariables(text)).toEqual(["APP_URL", "PORT", "LOG_LEVEL"]);
  });
});
