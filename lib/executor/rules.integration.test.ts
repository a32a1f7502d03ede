import { afterEach, expect, test } from "vitest";
import { fixedClock } from "@/lib/clock";
import { UnsupportedFunctionError } from ".";
import { maintain } from "./maintenance";
import { recordEvents, transaction } from "./repo";
import { stepSignal } from "./step-signal";
import { type Bench, openBench, until } from "./testing/bench";

let bench: Bench;
afterEach(() => bench.close());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("an event cancels a run: the step is told, no failure handler runs, cancelled is", async () => {
  const seen: unknown[] = [];
  let failures = 0;
  bench = await openBench((client) => [
    client.createFunction(
      {
        id: "f",
        triggers: { event: "go" },
        cancelOn: [{ event: "stop", match: "data.job" }],
        onFailure: () => void failures++,
      },
      async ({ event, step }) => {
        await step.run("long", async () => {
          const signal = stepSignal();
          seen.push(`${event.data.job} began`);
          await new Promise((resolve) => {
            signal.addEventListener("abort", resolve);
            setTimeout(resolve, 1_500);
          });
          if (signal.aborted) seen.push(`${event.data.job} ${signal.reason.name}`);
          return "result that comes too late";
        });
        await step.run("next", () => void seen.push(`${event.data.job} went on`));
      },
    ),
    client.createFunction(
      {
        id: "on-cancel",
        triggers: {
          event: "inngest/function.cancelled",
          if: "event.data.function_id == 'test-f'",
        },
      },
      async ({ event, step }) => {
        await step.run("settle", () => void seen.push(`settled ${event.data.event.data.job}`));
      },
    ),
  ]);
  await bench.send("go", { job: "a" });
  await bench.send("go", { job: "b" });
  await until(() => seen.length === 2);
  await bench.send("stop", { job: "a" });
  await bench.ended("on-cancel");
  await bench.ended("f", 2);
  expect((await bench.runs("f")).map((run) => run.status).sort()).toEqual([
    "cancelled",
    "completed",
  ]);
  expect(seen).toEqual(expect.arrayContaining(["a AbortError", "settled a", "b went on"]));
  expect(seen).not.toContain("a went on");
  expect(failures).toBe(0);
  const { rows } = await bench.pool.query(
    "SELECT 1 FROM executor_steps s JOIN executor_runs r ON r.id = s.run_id WHERE r.status = 'cancelled' AND s.status = 'completed'",
  );
  expect(rows).toEqual([]);
});

test("the limits of two groups are never exceeded, and both are used", async () => {
  const active = new Map<string, number>();
  const most = new Map<string, number>();
  const enter = (key: string, by: number) => {
    const now = (active.get(key) ?? 0) + by;
    active.set(key, now);
    most.set(key, Math.max(most.get(key) ?? 0, now));
  };
  bench = await openBench(
    (client) => [
      client.createFunction(
        {
          id: "f",
          triggers: { event: "go" },
          concurrency: [{ limit: 2, key: "event.data.user" }, { limit: 3 }],
        },
        async ({ event, step }) => {
          await Promise.all(
            [1, 2].map((part) =>
              step.run(`part-${part}`, async () => {
                enter(event.data.user, 1);
                enter("all", 1);
                await pause(30);
                enter(event.data.user, -1);
                enter("all", -1);
              }),
            ),
          );
        },
      ),
    ],
    { concurrency: 6 },
  );
  await bench.startAnother();
  for (let i = 0; i < 12; i++) await bench.send("go", { user: i < 8 ? "one" : "two" });
  await bench.ended("f", 12);
  expect(Object.fromEntries(most)).toEqual({ one: 2, two: expect.any(Number), all: 3 });
  expect(most.get("two")).toBeLessThanOrEqual(2);
});

test("an event id counts once, an idempotency key once a day", async () => {
  bench = await openBench((client) => [
    client.createFunction(
      {
        id: "f",
        triggers: { event: "go" },
        idempotency: "event.data.job + '-' + string(event.data.attempt)",
      },
      async ({ event }) => event.data.attempt,
    ),
    client.createFunction({ id: "all", triggers: { event: "go" } }, async () => null),
  ]);
  await bench.send("go", { job: "a", attempt: 1 }, "same");
  await bench.send("go", { job: "a", attempt: 1 }, "same");
  await bench.send("go", { job: "a", attempt: 1 });
  await bench.send("go", { job: "a", attempt: 2 });
  await bench.ended("all", 3);
  await bench.ended("f", 2);
  expect((await bench.runs("f")).map((run) => run.output)).toEqual([1, 2]);
  expect(await bench.runs("all")).toHaveLength(3);
  await maintain(bench.pool, { now: new Date(Date.now() + 25 * 3_600_000), keepDays: 30 });
  await bench.send("go", { job: "a", attempt: 1 });
  await bench.ended("f", 3);
});

test("a singleton skips or replaces the run in progress", async () => {
  bench = await openBench((client) => {
    const make = (mode: "skip" | "cancel") =>
      client.createFunction(
        { id: mode, triggers: { event: "go" }, singleton: { key: "event.data.key", mode } },
        async ({ event, step }) => {
          await step.waitForEvent("end", { event: "end", timeout: "1h" });
          return event.data.n;
        },
      );
    return [make("skip"), make("cancel")];
  });
  for (const n of [1, 2]) await bench.send("go", { key: "k", n });
  await bench.send("go", { key: "other", n: 3 });
  await until(async () => (await bench.executor.status()).waiting === 4);
  await bench.send("end");
  await bench.ended("skip", 2);
  await bench.ended("cancel", 3);
  const outcomes = (runs: { status: string; output: unknown }[]) =>
    runs.map(({ status, output }) => [status, output]);
  expect(outcomes(await bench.runs("skip"))).toEqual([
    ["completed", 1],
    ["completed", 3],
  ]);
  expect(outcomes(await bench.runs("cancel"))).toEqual([
    ["cancelled", null],
    ["completed", 2],
    ["completed", 3],
  ]);
});

test("a run that waits too long to start or runs too long is cancelled", async () => {
  const clock = fixedClock(Date.now());
  bench = await openBench(
    (client) => [
      client.createFunction(
        {
          id: "f",
          triggers: { event: "go" },
          concurrency: 1,
          timeouts: { start: "10m", finish: "1h" },
        },
        async ({ event, step }) => {
          await step.run("hold", () => (event.data.n === 1 ? pause(2_500) : null));
          await step.sleep("long", "2h");
        },
      ),
    ],
    { clock },
  );
  await bench.send("go", { n: 1 });
  await until(async () => {
    const { rows } = await bench.pool.query(
      "SELECT 1 FROM executor_runs WHERE started_at IS NOT NULL",
    );
    return rows.length === 1;
  });
  // Runs are told apart by when they were made.
  clock.advance(1);
  await bench.send("go", { n: 2 });
  await until(async () => (await bench.executor.status()).queued === 1);
  clock.advance(11 * 60_000);
  const [first, second] = await bench.ended("f", 1);
  expect(first?.status).toBe("active");
  expect(second).toMatchObject({ status: "cancelled", error: { name: "RunCancelled" } });
  await until(async () => (await bench.executor.status()).waiting === 1);
  clock.advance(50 * 60_000);
  expect((await bench.ended("f", 2))[0]).toMatchObject({
    status: "cancelled",
    error: { message: "the run exceeded its longest running time" },
  });
});

test("priority decides who goes first", async () => {
  const order: number[] = [];
  bench = await openBench(
    (client) => [
      client.createFunction(
        { id: "f", triggers: { event: "go" }, priority: { run: "event.data.paid ? 120 : 0" } },
        async ({ event, step }) => {
          await step.run("work", async () => {
            order.push(Number(event.data.n));
            await pause(event.data.n === 0 ? 300 : 1);
          });
        },
      ),
    ],
    { concurrency: 1 },
  );
  await bench.send("go", { n: 0, paid: false });
  await until(() => order.length === 1);
  for (const n of [1, 2, 3]) await bench.send("go", { n, paid: n === 3 });
  await bench.ended("f", 4);
  expect(order).toEqual([0, 3, 1, 2]);
});

test("too much state is refused with a sentence that helps", async () => {
  bench = await openBench((client) => [
    client.createFunction({ id: "big", triggers: { event: "go" } }, async ({ step }) => {
      await step.run("transcript", () => "x".repeat(5 * 2 ** 20));
    }),
    client.createFunction({ id: "sum", triggers: { event: "go" } }, async ({ step }) => {
      const part = (_: unknown, i: number) => step.run(`s${i}`, () => "x".repeat(4_000_000));
      await Promise.all(Array.from({ length: 9 }, part));
    }),
    client.createFunction({ id: "many", triggers: { event: "go" } }, async ({ step }) => {
      await Promise.all(Array.from({ length: 1_001 }, (_, i) => step.run(`s${i}`, () => i)));
    }),
  ]);
  await bench.send("go");
  const message = async (id: string) => (await bench.ended(id))[0]?.error?.message;
  expect(await message("big")).toBe(
    'step "transcript" returned 5242882 bytes; the limit is 4194304. Store the data and return its id.',
  );
  expect(await message("sum")).toMatch(/returned 36000018 bytes together/);
  expect(await message("many")).toBe("the run has 1001 steps; the limit is 1000");
}, 60_000);

test("what isn't supported is refused at the start, all of it by name", async () => {
  bench = await openBench(() => []);
  const opening = openBench((client) => [
    client.createFunction(
      { id: "a", triggers: { event: "x" }, batchEvents: { maxSize: 2, timeout: "5s" } },
      async () => null,
    ),
    client.createFunction(
      { id: "b", triggers: { event: "x", if: "event.data. ==" }, debounce: { period: "5s" } },
      async () => null,
    ),
    client.createFunction(
      { id: "c", triggers: { cron: "61 * * * *" }, rateLimit: { limit: 1, period: "1h" } },
      async () => null,
    ),
  ]);
  const error = await opening.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnsupportedFunctionError);
  const { problems } = error as UnsupportedFunctionError;
  expect(problems.map((problem) => problem.slice(0, 22))).toEqual([
    expect.stringContaining("test-a: batchEvents"),
    expect.stringContaining("test-b: debounce"),
    expect.stringContaining('test-b: "event.data.'),
    expect.stringContaining("test-c: rateLimit"),
    expect.stringContaining('test-c: "61 * * * *"'),
  ]);
});

test("an event joins a transaction of the product's, or doesn't happen", async () => {
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ event }) => event.id),
  ]);
  const event = (id: string) => ({ id, name: "go", data: {} });
  const failing = transaction(bench.pool, async (tx) => {
    await recordEvents(tx, [event("rolled-back")]);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  await transaction(bench.pool, (tx) => recordEvents(tx, [event("committed")]));
  expect((await bench.ended("f")).map((run) => run.output)).toEqual(["committed"]);
});

test("what ended long ago is forgotten, with its events; what goes on stays", async () => {
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step }) =>
      step.run("a", () => 1),
    ),
    client.createFunction({ id: "waits", triggers: { event: "stay" } }, async ({ step }) =>
      step.sleep("long", "90d"),
    ),
  ]);
  await bench.send("go");
  await bench.send("stay");
  await bench.ended("f");
  const days = (n: number) => new Date(Date.now() + n * 24 * 3_600_000);
  await maintain(bench.pool, { now: days(29), keepDays: 30 });
  expect(await bench.runs("f")).toHaveLength(1);
  await maintain(bench.pool, { now: days(31), keepDays: 30 });
  expect(await bench.runs("f")).toHaveLength(0);
  expect(await bench.runs("waits")).toHaveLength(1);
  const { rows } = await bench.pool.query("SELECT name FROM executor_events ORDER BY name");
  expect(rows).toEqual([{ name: "stay" }]);
});
