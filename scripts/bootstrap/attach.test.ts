import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { attachedEnvironment } from "./attach.mjs";
import { identityOf } from "./process-identity.mjs";
import { readSecrets } from "./secrets.mjs";

let root = "";
let dataDir = "";

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "ax2-attach-"));
  dataDir = path.join(root, ".data");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** This test stands for the product, and for its database server. */
const self = { pid: process.pid, identity: identityOf(process.pid) };

function productRuns(options: { members?: object[]; pidFile?: string } = {}) {
  const { members = [{ name: "postgres", signal: "SIGINT", ...self }], pidFile } = options;
  mkdirSync(path.join(dataDir, "postgres"), { recursive: true });
  writeFileSync(path.join(dataDir, "run.json"), JSON.stringify({ ...self, members }));
  if (pidFile) writeFileSync(path.join(dataDir, "postgres/postmaster.pid"), pidFile);
}

const pidFile = (pid: number) => `${pid}\n/somewhere/postgres\n1700000000\n5433\n\n127.0.0.1\n`;

describe("attachedEnvironment", () => {
  it("finds the secret, the database and the data folder of the running product", () => {
    const secrets = readSecrets(dataDir);
    productRuns({ pidFile: pidFile(process.pid) });
    expect(attachedEnvironment({ root, env: { LOG_LEVEL: "warn" } })).toEqual({
      LOG_LEVEL: "warn",
      AX2_DATA_DIR: dataDir,
      AUTH_SECRET: secrets.authSecret,
      DATABASE_URL: `postgresql://ax2:${secrets.databasePassword}@127.0.0.1:5433/ax2`,
    });
  });

  it("needs no running product where the person set the database", () => {
    const mine = { DATABASE_URL: "postgresql://me@127.0.0.1/mine" };
    const set = { ...mine, AUTH_SECRET: "my own secret" };
    expect(attachedEnvironment({ root, env: set })).toEqual({ ...set, AX2_DATA_DIR: dataDir });
    const { authSecret } = readSecrets(dataDir);
    expect(attachedEnvironment({ root, env: mine })).toEqual({
      ...{ ...mine, AUTH_SECRET: authSecret, AX2_DATA_DIR: dataDir },
    });
  });

  it("embeds nothing in production mode", () => {
    const env = { AX2_MODE: "production", AX2_DATA_DIR: "elsewhere" };
    const placed = path.join(root, "elsewhere");
    expect(attachedEnvironment({ root, env })).toEqual({ ...env, AX2_DATA_DIR: placed });
  });

  it("says that the product was never started, and makes no secrets", () => {
    expect(() => attachedEnvironment({ root, env: {} })).toThrow("never started");
    expect(readdirSync(root)).toEqual([]);
  });

  it.each([
    ["there is no run file", () => undefined],
    ["its database server has died", () => productRuns({ members: [] })],
    [
      "its database server's pid is another process's by now",
      () => productRuns({ members: [{ name: "postgres", pid: process.pid, identity: "other" }] }),
    ],
  ])("says that the product isn't running when %s", (_, arrange) => {
    readSecrets(dataDir);
    arrange();
    expect(() => attachedEnvironment({ root, env: {} })).toThrow("isn't running");
  });

  it.each([
    ["none", {}],
    ["a dead server's", { pidFile: pidFile(1) }],
    ["an unfinished one", { pidFile: `${process.pid}\n/somewhere` }],
  ])("says that the database is still starting with %s as pid file", (_, options) => {
    readSecrets(dataDir);
    productRuns(options);
    expect(() => attachedEnvironment({ root, env: {} })).toThrow("still starting");
  });
});
