import { PrismaPg } from "@prisma/adapter-pg";
import { afterEach, expect, test } from "vitest";
import { PrismaClient } from "@/prisma/generated/client";
import { recordEvents } from "./repo";
import { stepSignal } from "./step-signal";
import { type Bench, openBench, until } from "./testing/bench";

let bench: Bench;
afterEach(() => bench.close());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A function with one step that hangs at its first try until told to give up, or `patienceMs`; its
 * other tries take `secondMs`.
 */
async function openHanging(options: { obedient: boolean; patienceMs: number; secondMs?: number }) {
  const tries: string[] = [];
  const reasons: string[] = [];
  bench = await openBench((client) => [
    client.createFunction({ id: "f", retries: 0, triggers: { event: "go" } }, async ({ step }) =>
      step.run("hang", async () => {
        const mine = `try ${tries.push("begun")}`;
        if (tries.length > 1) {
          await pause(options.secondMs ?? 0);
          return mine;
        }
        const signal = stepSignal();
        signal.addEventListener("abort", () => reasons.push(signal.reason.message));
        const told = new Promise((_, reject) => {
          signal.addEventListener("abort", () => options.obedient && reject(signal.reason));
        });
        await Promise.race([told, pause(options.patienceMs)]);
        return mine;
      }),
    ),
  ]);
  await bench.send("go");
  await until(() => tries.length === 1);
  return { tries, reasons };
}

test("two executors share the work and make each call once", async () => {
  const ran = new Map<string, number>();
  bench = await openBench(
    (client) => [
      client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step, runId }) => {
        for (const name of ["a", "b", "c"]) {
          await step.run(name, async () => {
            ran.set(runId + name, (ran.get(runId + name) ?? 0) + 1);
            await pause(30);
          });
        }
      }),
    ],
    { concurrency: 2 },
  );
  await bench.startAnother();
  const owners = new Set<number>();
  for (let n = 0; n < 20; n++) await bench.send("go");
  await until(async () => {
    const { rows } = await bench.pool.query<{ lease_owner: number }>(
      "SELECT lease_owner FROM executor_tasks WHERE lease_owner IS NOT NULL",
    );
    for (const row of rows) owners.add(row.lease_owner);
    return owners.size === 2;
  });
  await bench.ended("f", 20);
  expect(ran.size).toBe(60);
  expect([...ran.values()].every((count) => count === 1)).toBe(true);
});

test("when the connection breaks the step is told and its late result changes nothing", async () => {
  const { tries, reasons } = await openHanging({ obedient: false, patienceMs: 2_500 });
  await bench.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'ax2-executor-presence' AND datname = current_database()`,
  );
  expect(await bench.ended("f")).toMatchObject([{ status: "completed", output: "try 2" }]);
  expect(reasons).toEqual(["lease-lost"]);
  await pause(2_600);
  expect(await bench.runs("f")).toMatchObject([{ output: "try 2" }]);
  expect(tries).toHaveLength(2);
});

test("a call whose lease has ended is made again, and the first result dropped", async () => {
  // The first result comes while the second try is under way.
  const { tries } = await openHanging({ obedient: false, patienceMs: 2_500, secondMs: 4_000 });
  await bench.pool.query("UPDATE executor_tasks SET lease_until = now() - interval '1 second'");
  expect(await bench.ended("f")).toMatchObject([{ output: "try 2" }]);
  expect(tries).toHaveLength(2);
});

test.each([
  ["a step that gives up when told", true],
  ["a step that doesn't listen", false],
])("a stop gives back %s, and it doesn't count as a failed try", async (_, obedient) => {
  const { reasons } = await openHanging({ obedient, patienceMs: 5_000 });
  const startMs = Date.now();
  await bench.executor.stop();
  expect(Date.now() - startMs).toBeLessThan(obedient ? 1_000 : 4_000);
  expect(reasons).toEqual(["shutdown"]);
  const { rows } = await bench.pool.query(
    "SELECT lease_owner, attempt, losses FROM executor_tasks",
  );
  expect(rows).toEqual([{ lease_owner: null, attempt: 0, losses: 0 }]);
  await bench.startAnother();
  expect(await bench.ended("f")).toMatchObject([{ status: "completed", output: "try 2" }]);
});

test("a long call keeps its lease", async () => {
  const { tries } = await openHanging({ obedient: true, patienceMs: 7_500 });
  await bench.pool.query("UPDATE executor_tasks SET lease_until = now() + interval '6 seconds'");
  expect(await bench.ended("f")).toMatchObject([{ output: "try 1" }]);
  expect(tries).toHaveLength(1);
});

test("a planned step that a new version of the code lacks is forgotten", async () => {
  let version = 1;
  const ran: string[] = [];
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step }) => {
      const part = (name: string) =>
        step.run(name, async () => {
          ran.push(name);
          if (name === "old") await pause(60_000);
          return name;
        });
      return Promise.all([part("a"), part(version === 1 ? "old" : "new")]);
    }),
  ]);
  await bench.send("go");
  await until(() => ran.length === 2);
  await bench.executor.stop();
  version = 2;
  await bench.startAnother();
  const [run] = await until(async () => {
    const runs = await bench.runs("f");
    return runs[0]?.status === "completed" && runs;
  }, 30_000);
  expect(run?.output).toEqual(["a", "new"]);
  // The two parallel ones may run in either order.
  expect(ran.toSorted()).toEqual(["a", "new", "old"]);
}, 40_000);

test("a call that kills its process every time is given up", async () => {
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step }) =>
      step.sleep("s", "1h"),
    ),
  ]);
  await bench.send("go");
  await until(async () => (await bench.executor.status()).waiting === 1);
  await bench.pool.query(
    "UPDATE executor_tasks SET kind = 'call', due_at = now(), losses = 10 WHERE hash <> ''",
  );
  expect(await bench.ended("f")).toMatchObject([
    { status: "failed", error: { name: "ResultLost" } },
  ]);
});

test("an event joins a transaction made with Prisma", async () => {
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ event }) => event.data),
  ]);
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: bench.url }),
  });
  try {
    const event = (id: string) => [{ id, name: "go", data: { id } }];
    await prisma.$transaction((tx) => recordEvents(tx, event("committed")));
    await prisma
      .$transaction(async (tx) => {
        await recordEvents(tx, event("rolled-back"));
        throw new Error("no");
      })
      .catch(() => undefined);
    await bench.ended("f");
    expect((await bench.runs("f")).map((run) => run.output)).toEqual([{ id: "committed" }]);
  } finally {
    await prisma.$disconnect();
  }
});
