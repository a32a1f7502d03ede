import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sandboxControl } from "@/lib/payments/sandbox/control-client";
import {
  attachedPayments,
  knownSandbox,
  startPaymentSandbox,
  wantsPaymentSandbox,
} from "./payments.mjs";
import { readSecrets } from "./secrets.mjs";
import type { Service, Supervisor } from "./supervisor.mjs";

const root = path.resolve(import.meta.dirname, "../..");
let dataDir = "";
let child: ChildProcess | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), "ax2-payments-"));
});

afterEach(async () => {
  await killed();
  rmSync(dataDir, { recursive: true, force: true });
});

async function killed() {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Starts what it is told to, and no more than that. */
const supervisor = {
  start({ command, args = [], cwd, env }: Service) {
    child = spawn(command, args, {
      ...(cwd !== undefined && { cwd }),
      env: env as NodeJS.ProcessEnv,
      stdio: "ignore",
    });
  },
} as unknown as Supervisor;

function start() {
  const env = { PATH: process.env.PATH, APP_URL: "http://localhost:3999" };
  const secrets = readSecrets(dataDir);
  return startPaymentSandbox({ root, env, dataDir, port: 3999, secrets, supervisor });
}

describe("wantsPaymentSandbox", () => {
  it.each([
    [{}, true],
    [{ TOSS_CLIENT_KEY: "", TOSS_SECRET_KEY: "" }, true],
    [{ TOSS_CLIENT_KEY: "test_ck_a", TOSS_SECRET_KEY: "test_sk_b" }, false],
    [{ TOSS_API_URL: "http://127.0.0.1:4000" }, false],
    [{ AX2_MODE: "production" }, false],
    [{ VERCEL: "1" }, false],
  ])("%o: %s", (env, wanted) => {
    expect(wantsPaymentSandbox(env)).toBe(wanted);
  });
});

describe("startPaymentSandbox", () => {
  it("keeps its address, its keys and its payments over a kill", async () => {
    const first = await start();
    expect(first.TOSS_CLIENT_KEY).toMatch(/^test_ck_sandbox_/);
    expect(first.TOSS_SDK_URL).toBe(`${first.TOSS_API_URL}/v2/standard`);
    const known = knownSandbox(dataDir);
    if (!known) throw new Error("the sandbox's file is missing");
    expect(known).toEqual({ url: first.TOSS_API_URL, secretKey: first.TOSS_SECRET_KEY });
    expect(statSync(path.join(dataDir, "payments/sandbox.json")).mode & 0o777).toBe(0o600);
    const secrets = readSecrets(dataDir);
    expect(attachedPayments({ env: {}, dataDir, secrets })).toEqual(first);
    const own = { TOSS_CLIENT_KEY: "live_ck_a" };
    expect(attachedPayments({ env: own, dataDir, secrets })).toEqual({});
    const control = sandboxControl(known);
    const { paymentKey } = await control.pay({ orderId: "order-1", amountKrw: 5_500 });

    await killed();
    expect(await start()).toEqual(first);
    expect(await control.payments("order-1")).toMatchObject([
      { paymentKey, status: "IN_PROGRESS", totalAmount: 5_500 },
    ]);
  });
});
