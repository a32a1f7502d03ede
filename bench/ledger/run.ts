/**
 * How many reserve+capture cycles a second the ledger takes, beside the same ledger written the
 * plain way (`plain.ts`), in one run on one database.
 *
 *   npx tsx --conditions=react-server bench/ledger/run.ts [--seconds 5] [--rounds 4] [--clients 20]
 *     [--wallets 1000]
 *
 * Postgres is the embedded one with npm start's settings: what it confirms is on disk. A cycle is
 * what a job without translations does: one transaction that holds its price, one that takes it.
 * Rounds are interleaved; the first one is left out. Afterwards the ledger is verified, and both
 * must have taken from every wallet what their cycles cost.
 */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { startBenchDatabase } from "./database";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "4" },
    clients: { type: "string", default: "20" },
    wallets: { type: "string", default: "1000" },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const clients = Number(values.clients);

const database = await startBenchDatabase(clients);
const [ledger, { transaction }, { db }, { priceJob }, plain, { verifyLedger }] = await Promise.all([
  import("@/lib/credits/ledger"),
  import("@/lib/transaction"),
  import("@/lib/db"),
  import("@/lib/credits/price"),
  import("./plain"),
  import("@/lib/credits/verify"),
]);

/** Six seconds of video: 1 credit. */
const price = priceJob({ durationMs: 6_000 });
const component = "transcribe";

interface Subject {
  name: string;
  reserve(ownerId: string, subjectId: string): Promise<unknown>;
  capture(subjectId: string): Promise<unknown>;
}

const subjects: Subject[] = [
  {
    name: "ledger",
    reserve: (ownerId, subjectId) =>
      transaction((tx) =>
        ledger.reserveCredits(tx, {
          ...{ ownerId, subjectId, price, purpose: "job", attempt: 1 },
          key: `job:${subjectId}:1`,
        }),
      ).then(ledger.assertApplied),
    capture: (subjectId) =>
      transaction((tx) => ledger.captureLine(tx, { purpose: "job", subjectId, component })),
  },
  {
    name: "plain",
    reserve: async (ownerId, subjectId) => {
      if (!(await plain.reservePlain({ ownerId, subjectId, price }))) throw new Error("refused");
    },
    capture: (subjectId) => plain.capturePlain({ subjectId, component }),
  },
];

interface Tally {
  cycles: number;
  seconds: number;
  errors: Map<string, number>;
  reserveMs: number[];
  captureMs: number[];
}

const noTally = (): Tally => ({
  cycles: 0,
  seconds: 0,
  errors: new Map(),
  reserveMs: [],
  captureMs: [],
});

/** `clients` at once for `seconds`, each one cycle after the other on a random wallet. */
async function round(subject: Subject, owners: readonly string[], tally: Tally): Promise<void> {
  const startMs = performance.now();
  const client = async () => {
    while (performance.now() - startMs < seconds * 1_000) {
      const owner = owners[Math.floor(Math.random() * owners.length)] ?? "";
      const job = randomUUID();
      try {
        const beginMs = performance.now();
        await subject.reserve(owner, job);
        const heldMs = performance.now();
        await subject.capture(job);
        tally.reserveMs.push(heldMs - beginMs);
        tally.captureMs.push(performance.now() - heldMs);
        tally.cycles += 1;
      } catch (error) {
        const name = error instanceof Error ? error.message.slice(-60) : String(error);
        tally.errors.set(name, (tally.errors.get(name) ?? 0) + 1);
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  tally.seconds += (performance.now() - startMs) / 1_000;
}

/** Accounts with credits that expire soon and bought ones, so that lots must be chosen. */
async function makeOwners(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await db().user.createMany({ data: ids.map((id) => ({ id, name: "Bench" })) });
  const next = ids.values();
  const maker = async () => {
    for (const ownerId of next) {
      for (const [source, amount] of [
        ["signup", 60],
        ["topup", 1_000_000],
      ] as const) {
        await transaction((tx) =>
          ledger.grantCredits(tx, { ownerId, source, amount, key: `${source}:${ownerId}` }),
        );
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, maker));
  return ids;
}

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}

function line(name: string, tally: Tally): string {
  const all = [...tally.reserveMs, ...tally.captureMs].sort((a, b) => a - b);
  const cycles = tally.reserveMs.map((ms, n) => ms + (tally.captureMs[n] ?? 0));
  cycles.sort((a, b) => a - b);
  const of = (sorted: number[]) => [0.5, 0.95, 0.99].map((share) => percentile(sorted, share));
  const errors = [...tally.errors].map(([error, count]) => `${count}x ${error}`).join("; ");
  return [
    name.padEnd(24),
    `${(tally.cycles / tally.seconds).toFixed(0).padStart(5)} cycles/s`,
    `movement p50/p95/p99 ${of(all).join(" / ")} ms`,
    `cycle ${of(cycles).join(" / ")} ms`,
    `errors ${errors || 0}`,
  ].join("  ");
}

/** Credits that have left all wallets of a schema. */
async function takenIn(schema: "public" | "plain"): Promise<number> {
  const [row] = await db().$queryRawUnsafe<{ taken: number }[]>(
    `SELECT (sum(granted) - sum(remaining))::int AS taken FROM ${schema}.credit_lots`,
  );
  return row?.taken ?? 0;
}

try {
  const many = await makeOwners(Number(values.wallets));
  const one = await makeOwners(1);
  await plain.preparePlain();
  await db().$executeRawUnsafe("VACUUM ANALYZE");
  const places = [
    { name: `${many.length} wallets`, owners: many },
    { name: "one wallet", owners: one },
  ];
  const tallies = new Map<string, Tally>();
  const done = { ledger: 0, plain: 0 } as Record<string, number>;
  for (let n = 0; n <= rounds; n++) {
    for (const { name, owners } of places) {
      for (const subject of subjects) {
        const label = `${subject.name}, ${name}`;
        const tally = n === 0 ? noTally() : (tallies.get(label) ?? noTally());
        const before = tally.cycles;
        await round(subject, owners, tally);
        if (n > 0) tallies.set(label, tally);
        done[subject.name] = (done[subject.name] ?? 0) + tally.cycles - before;
      }
    }
  }
  for (const [label, tally] of tallies) process.stdout.write(`${line(label, tally)}\n`);
  const beginMs = performance.now();
  const { failures, transactions, entries } = await verifyLedger();
  const verifyMs = performance.now() - beginMs;
  const taken = { ledger: await takenIn("public"), plain: await takenIn("plain") };
  process.stdout.write(
    `verified ${transactions} transactions, ${entries} entries in ${verifyMs.toFixed(0)} ms: ${failures.length} failures (topups without an order aside: ${failures.filter(({ invariant }) => invariant !== "order_grants").length}); cycles and credits taken: ${JSON.stringify({ done, taken })}\n`,
  );
} finally {
  await database.stop();
}
process.exit();
