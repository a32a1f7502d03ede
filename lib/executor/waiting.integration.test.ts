import { eventType, referenceFunction } from "inngest";
import { afterEach, expect, test } from "vitest";
import { fixedClock } from "@/lib/clock";
import { type Bench, openBench, until } from "./testing/bench";

let bench: Bench;
afterEach(() => bench.close());

test("a sleep ends when it should and repeats nothing before it", async () => {
  let before = 0;
  const at: number[] = [];
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step }) => {
      at[0] = await step.run("before", () => {
        before++;
        return Date.now();
      });
      await step.sleep("for", "1s");
      at[1] = await step.run("between", () => Date.now());
      await step.sleepUntil("until", new Date((at[1] ?? 0) + 700));
      at[2] = await step.run("after", () => Date.now());
    }),
  ]);
  await bench.send("go");
  expect(await bench.ended("f")).toMatchObject([{ status: "completed" }]);
  const [first = 0, second = 0, third = 0] = at;
  expect(before).toBe(1);
  expect(second - first).toBeGreaterThanOrEqual(1_000);
  expect(second - first).toBeLessThan(4_000);
  expect(third - second).toBeGreaterThanOrEqual(700);
  expect(third - second).toBeLessThan(4_000);
});

test("a long sleep goes by the clock it is given", async () => {
  const clock = fixedClock(Date.now());
  bench = await openBench(
    (client) => [
      client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step }) => {
        await Promise.all([step.sleep("week", "7d"), step.run("beside", () => 1)]);
        return "rested";
      }),
    ],
    { clock },
  );
  await bench.send("go");
  await until(async () => (await bench.executor.status()).waiting === 1);
  clock.advance(7 * 24 * 3_600_000 - 1);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(await bench.runs("f")).toMatchObject([{ status: "active" }]);
  clock.advance(1);
  expect(await bench.ended("f")).toMatchObject([{ output: "rested" }]);
});

test("waiting for an event: the right one, a wrong one, none", async () => {
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step }) => {
      const [matched, inVain] = await Promise.all([
        step.waitForEvent("approval", { event: "approved", timeout: "1h", match: "data.id" }),
        step.waitForEvent("never", {
          event: "approved",
          timeout: "1s",
          if: "async.data.level > 10",
        }),
      ]);
      return { matched: matched?.data, inVain };
    }),
  ]);
  await bench.send("go", { id: "a" });
  await until(async () => (await bench.executor.status()).waiting === 1);
  await bench.send("approved", { id: "b", level: 1 });
  await bench.send("approved", { id: "a", level: 2 });
  await bench.send("approved", { id: "a", level: 3 });
  const [run] = await bench.ended("f");
  expect(run?.output).toEqual({ matched: { id: "a", level: 2 }, inVain: null });
});

test("an expression that isn't one fails the run and says so", async () => {
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step }) => {
      await step.waitForEvent("w", { event: "x", timeout: "1h", if: "async.data. ==" });
    }),
  ]);
  await bench.send("go");
  const [run] = await bench.ended("f");
  expect(run).toMatchObject({ status: "failed" });
  expect(run?.error?.message).toContain('step "w"');
});

test("invoking another function gives its result, its failure, or a clear error", async () => {
  let children = 0;
  bench = await openBench((client) => {
    const child = client.createFunction(
      { id: "child", retries: 0, triggers: { event: "child" } },
      async ({ event, step }) =>
        step.run("work", () => {
          children++;
          if (event.data.fail) throw new Error("child broke");
          return { doubled: Number(event.data.n) * 2 };
        }),
    );
    const sleepy = client.createFunction({ id: "sleepy", triggers: { event: "x" } }, ({ step }) =>
      step.sleep("long", "1h"),
    );
    const parent = client.createFunction(
      { id: "parent", retries: 0, triggers: { event: "go" } },
      async ({ step }) => {
        const message = (error: unknown) => (error instanceof Error ? error.message : "?");
        const [good, bad, missing, late] = await Promise.all([
          step.invoke("good", { function: child, data: { n: 21 } }),
          step.invoke("bad", { function: child, data: { fail: true } }).catch(message),
          step
            .invoke("missing", { function: referenceFunction({ functionId: "nowhere" }) })
            .catch(message),
          step.invoke("late", { function: sleepy, data: {}, timeout: "1s" }).catch(message),
        ]);
        return { good, bad, missing, late };
      },
    );
    return [child, sleepy, parent];
  });
  await bench.send("go");
  const [run] = await bench.ended("parent");
  expect(run?.output).toEqual({
    good: { doubled: 42 },
    bad: "child broke",
    missing: "the invoked function test-nowhere doesn't exist",
    late: "the invoked run didn't end in time",
  });
  expect(children).toBe(2);
});

test("events sent in a step arrive once, also when the step is tried again", async () => {
  const heard: unknown[] = [];
  let tries = 0;
  const told = eventType("told");
  bench = await openBench((client) => [
    client.createFunction({ id: "f", retries: 2, triggers: { event: "go" } }, async ({ step }) => {
      const sent = await step.sendEvent("tell", [
        { name: "told", data: { n: 1 } },
        { id: "explicit", name: "told", data: { n: 2 } },
      ]);
      await step.run("flaky", async () => {
        tries++;
        await client.send({ id: "from-run", name: "told", data: { n: 3 } });
        if (tries < 3) throw new Error("again");
      });
      return sent.ids.length;
    }),
    client.createFunction({ id: "listener", triggers: told }, async ({ event, step }) => {
      await step.run("hear", () => void heard.push(event.data));
    }),
  ]);
  await bench.send("go");
  expect(await bench.ended("f")).toMatchObject([{ status: "completed", output: 2 }]);
  await bench.ended("listener", 3);
  expect(heard).toHaveLength(3);
  expect(heard).toEqual(expect.arrayContaining([{ n: 1 }, { n: 2 }, { n: 3 }]));
});

test("a schedule starts one run each time, however many executors there are", async () => {
  const ran: string[] = [];
  bench = await openBench((client) => [
    client.createFunction(
      { id: "f", triggers: { cron: "* * * * * *" } },
      async ({ event, step }) => {
        await step.run("tick", () => void ran.push(String(event.id)));
      },
    ),
  ]);
  await bench.startAnother();
  await bench.ended("f", 3);
  expect(new Set(ran).size).toBe(ran.length);
  expect(ran.length).toBeLessThanOrEqual(5);
});
