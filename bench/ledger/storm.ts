/**
 * A hundred thousand requests to the ledger, the top-ups and the refunds, while the process that
 * carries them out is killed again and again (SIGKILL) at random moments.
 *
 *   npx tsx --conditions=react-server bench/ledger/storm.ts [--ops 100000] [--workers 8]
 *     [--seed 1] [--kill-every 1000] [--fsync off]
 *
 * Whatever a killed process hadn't answered is sent again to the next one, under the same keys.
 * Each answer is held against a ledger in memory (`lib/testing/ledger-model.ts`), all wallets from
 * time to time; at the end every invariant is reckoned. Payments go through the practice Toss,
 * which loses answers; its webhooks come late, twice, in any order or not at all. Days pass between
 * the rounds, with the sweeps that they bring. Ends with 1 when anything differs.
 */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startSandbox } from "@/lib/payments/sandbox/server";
import type { Pick } from "@/lib/testing/ledger-world";
import { startBenchDatabase } from "./database";
import { codes } from "./storm-order";
import { MortalProcess } from "./storm-process";
import { type Delivery, StormWorker, type Weather } from "./storm-worker";

const { values } = parseArgs({
  options: {
    ops: { type: "string", default: "100000" },
    workers: { type: "string", default: "8" },
    seed: { type: "string", default: "1" },
    "kill-every": { type: "string", default: "1000" },
    fsync: { type: "string", default: "on" },
  },
});
const wanted = Number(values.ops);
const dayMs = 24 * 3_600_000;
const keys = { clientKey: "test_ck_sandbox_storm", secretKey: "test_sk_sandbox_storm" };

/** Mulberry32: small, and the same numbers for the same seed. */
function randomOf(seed: number): Pick {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * Math.max(1, below));
  };
}

/** How far the storm's days are ahead of ours, in ms. */
let aheadMs = 0;
let lastMs = 0;
function nowMs(): number {
  lastMs = Math.max(lastMs + 1, Date.now() + aheadMs);
  return lastMs;
}

const deliveries: Delivery[] = [];
const receiver = createServer(async (request, response) => {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  const body: unknown = JSON.parse(await text(request));
  deliveries.push({ headers: Object.fromEntries(headers), body });
  response.end();
});
await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;

const database = await startBenchDatabase(10, values.fsync === "off" ? { fsync: "off" } : {});
const clock = { now: () => Date.now() + aheadMs };
const appUrl = "http://localhost:3000";
const toss = await startSandbox({ ...keys, appUrl, webhookUrl, clock });
Object.assign(process.env, {
  TOSS_CLIENT_KEY: keys.clientKey,
  TOSS_SECRET_KEY: keys.secretKey,
  TOSS_API_URL: toss.url,
  TOSS_SDK_URL: toss.sdkUrl,
  LOCAL_SPEECH_URL: "http://127.0.0.1:9",
  LOCAL_SPEECH_TOKEN: "storm",
});
const { db } = await import("@/lib/db");

async function makePeople(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await db().user.createMany({ data: ids.map((id) => ({ id, name: "Storm" })) });
  return ids;
}

const counts = new Map<string, number>();
let total = 0;
function counted(name: string, times = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + times);
  total += times;
}

const startedMs = Date.now();
const seed = Number(values.seed);
const workerCount = Number(values.workers);
await db().promotion.createMany({
  data: Object.entries(codes).map(([code, terms]) => ({
    ...{ id: randomUUID(), code, nameKo: code, nameEn: code, ...terms },
    startsAt: new Date(startedMs - dayMs),
  })),
});
const product = new MortalProcess();
const visitors = await makePeople(Math.ceil(wanted / 60) + 50);
const weather: Weather = { product, toss: toss.sandbox, deliveries, visitors, nowMs, counted };
const workers = await Promise.all(
  Array.from(
    { length: workerCount },
    async (_, n) => new StormWorker(weather, await makePeople(4), randomOf(seed * 1_000 + n)),
  ),
);

let isOver = false;
/** Kills after so many answers on average, at any moment between two of them. */
async function reap(): Promise<void> {
  const pick = randomOf(seed * 1_000 + 999);
  while (!isOver) {
    const due = product.answered + pick(2 * Number(values["kill-every"]));
    while (!isOver && product.answered < due) await sleep(5);
    await sleep(pick(20));
    if (!isOver) await product.kill();
  }
}

/** Days pass, and everything that cleans up runs. */
async function passDays(days: number, allDead: boolean): Promise<void> {
  aheadMs += days * dayMs;
  toss.sandbox.tick();
  const at = nowMs();
  await product.call("barrier", { nowMs: at, allDead });
  for (const worker of workers) await worker.passBarrier(at, allDead);
}

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const reaper = reap();
  const pick = randomOf(seed);
  while (total < wanted) {
    await Promise.all(workers.map((worker) => worker.run(200)));
    await passDays(1.2 + pick(400) / 100, false);
    const perSecond = (total / ((Date.now() - startedMs) / 1_000)).toFixed(0);
    say(`${total} requests, ${product.kills} kills, ${perSecond} requests/s`);
  }
  // Everything Toss ever sent comes once more, the newest first.
  for (const delivery of deliveries.toReversed().slice(0, 2_000)) {
    await product.call("webhook", { ...delivery, nowMs: nowMs() });
    counted("webhook");
  }
  await passDays(2, true);
  isOver = true;
  await reaper;
  const { failures, ...looked } = await product.call("verify", { nowMs: nowMs() });
  say(`requests: ${total} in ${((Date.now() - startedMs) / 1_000).toFixed(0)} s, seed ${seed}`);
  say(`by kind: ${JSON.stringify(Object.fromEntries([...counts].sort()))}`);
  say(`kills: ${product.kills}; requests sent again after one: ${product.resent}`);
  say(`failed and asked again: ${JSON.stringify(Object.fromEntries(product.failures))}`);
  say(`the model and the database agree; verified: ${JSON.stringify(looked)}`);
  say(`invariants broken: ${failures.length}`);
  for (const failure of failures) say(JSON.stringify(failure));
  process.exitCode = failures.length > 0 ? 1 : 0;
} catch (error) {
  say(`after ${total} requests and ${product.kills} kills, seed ${seed}:`);
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  isOver = true;
  await product.stop();
  receiver.close();
  await toss.close();
  await database.stop();
}
process.exit();
