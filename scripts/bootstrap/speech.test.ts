import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withDirLock } from "./dir-lock.mjs";
import { prepareSpeech, speechServerCommand } from "./speech.mjs";
import { fetchModel, modelIsReady } from "./speech-model.mjs";
import { cleanPythonEnv, findPython } from "./speech-python.mjs";

let folder: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "bootstrap-"));
});
afterEach(() => fs.rm(folder, { recursive: true, force: true }));

const exists = (file: string) =>
  fs.access(file).then(
    () => true,
    () => false,
  );

describe("withDirLock", () => {
  it("lets one task at a time in, and cleans up behind a failed one", async () => {
    const lock = path.join(folder, "lock");
    let inside = 0;
    let most = 0;
    const task = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => withDirLock(lock, task)));
    expect(most).toBe(1);
    const failing = withDirLock(lock, () => Promise.reject(new Error("failed")));
    await expect(failing).rejects.toThrow("failed");
    expect(await fs.readdir(folder)).toEqual([]);
  });

  it.each([
    ["whose owner is gone", "999999999", 0],
    ["that nobody has touched for long", String(process.pid), 60_000],
  ])("takes over a lock %s", async (_name, pid, ageMs) => {
    const lock = path.join(folder, "lock");
    await fs.mkdir(lock);
    await fs.writeFile(path.join(lock, "pid"), pid);
    const then = new Date(Date.now() - ageMs);
    await fs.utimes(lock, then, then);
    let waited = false;
    const done = withDirLock(
      lock,
      async () => "done",
      () => {
        waited = true;
      },
    );
    expect(await done).toBe("done");
    expect(waited).toBe(true);
  });
});

describe("findPython", () => {
  it("refuses an AX2_PYTHON that is none, naming it", async () => {
    for (const wrong of ["/bin/false", "/nowhere/python"]) {
      const found = await findPython({ log: () => {}, env: { ...process.env, AX2_PYTHON: wrong } });
      expect(found).toMatchObject({ ok: false, reason: expect.stringContaining(wrong) });
    }
  });

  it("keeps what points Python elsewhere out of the server's environment", () => {
    const env = cleanPythonEnv({ ...process.env, PYTHONPATH: "/x", PYTHONHOME: "/y" });
    expect(env).toMatchObject({ PATH: process.env.PATH, PYTHONNOUSERSITE: "1" });
    expect(env).not.toHaveProperty("PYTHONPATH");
    expect(env).not.toHaveProperty("PYTHONHOME");
  });
});

describe("prepareSpeech", () => {
  it("says what to do where there is no Python, and leaves nothing half made", async () => {
    const env = { ...process.env, AX2_PYTHON: "/nowhere/python" };
    const prepared = await prepareSpeech({ dataDir: folder, log: () => {}, env });
    expect(prepared).toMatchObject({ ok: false, reason: expect.stringContaining("AX2_PYTHON") });
    expect(await exists(path.join(folder, "speech/venv"))).toBe(false);
    expect(await exists(path.join(folder, "speech/lock"))).toBe(false);
  });

  it("answers instead of throwing where it may not write", async () => {
    const file = path.join(folder, "a-file");
    await fs.writeFile(file, "");
    const prepared = await prepareSpeech({ dataDir: file, log: () => {} });
    expect(prepared).toMatchObject({ ok: false, reason: expect.stringMatching(/not be prepared/) });
  });
});

describe("fetchModel", () => {
  let hub: http.Server;
  let asked: string[];
  let files: (name: string) => string | undefined;

  beforeEach(async () => {
    asked = [];
    hub = http.createServer((request, response) => {
      const name = request.url?.split("/").at(-1) ?? "";
      if (request.method !== "HEAD") asked.push(request.url ?? "");
      const body = request.method === "HEAD" ? "" : files(name);
      response.writeHead(body === undefined ? 404 : 200);
      response.end(body);
    });
    await new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => new Promise((resolve) => hub.close(resolve)));

  const fetchFromHub = (model: string) =>
    fetchModel({
      model,
      modelDir: path.join(folder, model),
      // Not a Python: what the hub doesn't give can't be had.
      python: "/bin/false",
      log: () => {},
      hub: `http://127.0.0.1:${(hub.address() as AddressInfo).port}`,
    });

  it("refuses a file that is not the published one, saying which, and keeps nothing", async () => {
    files = () => "something else";
    const got = await fetchFromHub("base");
    const sum = createHash("sha256").update("something else").digest("hex");
    expect(got).toMatchObject({ ok: false, reason: expect.stringContaining("config.json") });
    expect(got).toMatchObject({ reason: expect.stringContaining(sum) });
    expect(asked[0]).toContain("/resolve/ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66/");
    expect(await modelIsReady(path.join(folder, "base"))).toBe(false);
    expect(await fs.readdir(folder)).toEqual([]);
  });

  it("turns to PyPI when the hub lacks a file, and says so when that fails too", async () => {
    files = () => undefined;
    const got = await fetchFromHub("base");
    const reason = expect.stringMatching(/downloaded.*ended with code 1/);
    expect(got).toMatchObject({ ok: false, reason });
  });

  it("says that other sizes need the hub where it can't be reached", async () => {
    const got = await fetchModel({
      ...{ model: "small", modelDir: path.join(folder, "small"), python: "/bin/false" },
      ...{ log: () => {}, hub: "http://127.0.0.1:9" },
    });
    expect(got).toMatchObject({ ok: false, reason: expect.stringMatching(/small.*reached/) });
  });

  it("refuses a name that would lead out of the folder of models", async () => {
    files = () => "";
    expect(await fetchFromHub("../../x")).toMatchObject({ ok: false });
    expect(await fetchFromHub("a b")).toMatchObject({ ok: false });
  });
});

it("starts the server with the token in its environment only", () => {
  const token = "0123456789abcdef";
  const { command, args, env } = speechServerCommand({
    ...{ python: "/venv/bin/python", modelDir: "/models/base", port: 1234, token },
  });
  expect(command).toBe("/venv/bin/python");
  expect(args.join(" ")).toMatch(/--port 1234 --model-dir \/models\/base --model-name base/);
  expect(args.join(" ")).not.toContain(token);
  expect(env.AX2_SPEECH_TOKEN).toBe(token);
});
