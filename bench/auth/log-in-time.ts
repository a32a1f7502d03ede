/**
 * Whether the time of a log-in tells which accounts exist.
 *
 *   npx tsx --conditions=react-server bench/auth/log-in-time.ts [--tries 200]
 *
 * The product's check of a wrong password, for an account that exists and for one that doesn't,
 * beside a naive check that answers at once where there is no account. Tries are interleaved in
 * random order, so that what else the machine does falls on all of them alike. Exits with 1 when
 * the product's two differ (Mann-Whitney U, p below 0.001).
 */
import { randomInt } from "node:crypto";
import os from "node:os";
import { parseArgs } from "node:util";
import { verify } from "@node-rs/argon2";
import { hashPassword, passwordFits } from "@/lib/accounts/password";
import { mannWhitney } from "./mann-whitney";

const { values } = parseArgs({ options: { tries: { type: "string", default: "200" } } });
const tries = Number(values.tries);

type Check = (password: string, passwordHash: string | undefined) => Promise<boolean>;

const naive: Check = async (password, passwordHash) =>
  passwordHash !== undefined && verify(passwordHash, password);

const subjects: { name: string; check: Check }[] = [
  { name: "product", check: passwordFits },
  { name: "naive, at once without an account", check: naive },
];

interface Series {
  check: Check;
  passwordHash: string | undefined;
  tookMs: number[];
}

function shuffled<T>(list: T[]): T[] {
  return list
    .map((item) => ({ item, order: randomInt(2 ** 40) }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

async function time(series: Series): Promise<void> {
  const startedMs = performance.now();
  if (await series.check("not the password", series.passwordHash)) throw new Error("it fits");
  series.tookMs.push(performance.now() - startedMs);
}

function quantile(list: number[], part: number): string {
  const sorted = list.toSorted((a, b) => a - b);
  return `${(sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(2)} ms`;
}

const passwordHash = await hashPassword("the password of the account");
const results = subjects.map(({ name, check }) => ({
  name,
  known: { check, passwordHash, tookMs: [] } as Series,
  unknown: { check, passwordHash: undefined, tookMs: [] } as Series,
}));
for (let round = 0; round <= tries; round++) {
  for (const series of shuffled(results.flatMap(({ known, unknown }) => [known, unknown]))) {
    await time(series);
    if (round === 0) series.tookMs.length = 0;
  }
}
console.log(`${tries} tries each, ${os.availableParallelism()} cores, Node ${process.version}`);
for (const { name, known, unknown } of results) {
  const { z, p } = mannWhitney(known.tookMs, unknown.tookMs);
  console.log(name);
  for (const [account, { tookMs }] of [
    ["account exists", known],
    ["no such account", unknown],
  ] as const) {
    const figures = `median ${quantile(tookMs, 0.5)}  p95 ${quantile(tookMs, 0.95)}`;
    console.log(`  ${account.padEnd(16)} ${figures}`);
  }
  console.log(`  Mann-Whitney U: z = ${z.toFixed(2)}, p = ${p.toPrecision(2)}`);
  if (name === "product" && p < 0.001) process.exitCode = 1;
}
