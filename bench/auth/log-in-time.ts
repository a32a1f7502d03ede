/**
 * Whether the time of a log-in tells which accounts exist.
 *
 *   npx tsx --conditions=react-server bench/auth/log-in-time.ts [--tries 200]
 *
 * The product's log-in with a wrong password, on a Postgres of its own with all that it counts and
 * records, for accounts that exist and for addresses that have none, beside a naive one that
 * answers at once where there is no account. Tries are interleaved in random order, so that what
 * else the machine does falls on all of them alike. Exits with 1 when the product's two differ
 * (Mann-Whitney U, p below 0.001).
 */
import { randomInt } from "node:crypto";
import os from "node:os";
import { parseArgs } from "node:util";
import { verify } from "@node-rs/argon2";
import { newId } from "@/lib/ids";
import { startTestApp } from "@/lib/testing/app";
import startPostgres from "@/lib/testing/global-setup";
import { mannWhitney } from "./mann-whitney";

const { values } = parseArgs({ options: { tries: { type: "string", default: "200" } } });
const tries = Number(values.tries);
/** Fewer failures than lock an account, for each of them. */
const triesEach = 8;

const stopPostgres = await startPostgres();
const app = await startTestApp();
const [{ checkPassword }, { getCredentials }, { makeCaller, makeMember }] = await Promise.all([
  import("@/lib/auth/log-in"),
  import("@/lib/accounts/service"),
  import("@/lib/testing/people"),
]);

type Check = (email: string) => Promise<unknown>;
const wrong = "not the password";

const subjects: { name: string; check: Check }[] = [
  {
    name: "product",
    check: (email) =>
      checkPassword({ email, password: wrong, caller: makeCaller() }).catch((error: unknown) => {
        if ((error as { code?: string }).code !== "credentials_rejected") throw error;
      }),
  },
  {
    name: "naive, at once without an account",
    check: async (email) => {
      const account = await getCredentials({ email });
      return account?.passwordHash ? verify(account.passwordHash, wrong) : false;
    },
  },
];

interface Series {
  check: Check;
  /** Addresses still to be tried. */
  emails: string[];
  tookMs: number[];
}

/** Each address as often as it may be tried, and one round more to warm up. */
async function addresses(make: () => Promise<string>): Promise<string[]> {
  const count = Math.ceil((tries + 1) / triesEach);
  const made = await Promise.all(Array.from({ length: count }, make));
  return made.flatMap((email) => Array<string>(triesEach).fill(email));
}

function shuffled<T>(list: T[]): T[] {
  return list
    .map((item) => ({ item, order: randomInt(2 ** 40) }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

async function time(series: Series): Promise<void> {
  const email = series.emails.pop() ?? "";
  const startedMs = performance.now();
  await series.check(email);
  series.tookMs.push(performance.now() - startedMs);
}

function quantile(list: number[], part: number): string {
  const sorted = list.toSorted((a, b) => a - b);
  return `${(sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(2)} ms`;
}

const results: { name: string; known: Series; unknown: Series }[] = [];
for (const { name, check } of subjects) {
  const known = shuffled(await addresses(async () => (await makeMember()).email));
  const unknown = shuffled(await addresses(async () => `${newId()}@example.test`));
  results.push({
    name,
    known: { check, emails: known, tookMs: [] },
    unknown: { check, emails: unknown, tookMs: [] },
  });
}
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
await app.stop();
await stopPostgres();
process.exit();
