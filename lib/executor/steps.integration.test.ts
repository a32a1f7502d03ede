import { NonRetriableError, RetryAfterError, StepError } from "inngest";
import { afterEach, expect, test } from "vitest";
import { type Bench, openBench, until } from "./testing/bench";

let bench: Bench;
afterEach(() => bench.close());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Notes what really ran, which is not what a replay sees. */
function notes() {
  const lines: string[] = [];
  return { lines, note: (line: string) => void lines.push(line) };
}

test("steps run in order, each once, and hand on what they return", async () => {
  const { lines, note } = notes();
  bench = await openBench((client) => [
    client.createFunction(
      { id: "f", triggers: { event: "go" } },
      async ({ event, step, runId }) => {
        const a = await step.run("a", () => {
          note("a");
          return { n: 1, text: "한글 \u0000 🎬", runId };
        });
        const b = await step.run("b", () => {
          note("b");
          return a.n + 1;
        });
        const again = [];
        for (let i = 0; i < 3; i++) again.push(await step.run("same", () => i));
        return { ...a, b, again, given: event.data.given, nothing: undefined };
      },
    ),
  ]);
  await bench.send("go", { given: [1, "zwei"] });
  const [run] = await bench.ended("f");
  expect(run).toMatchObject({
    status: "completed",
    output: {
      n: 1,
      text: "한글 \u0000 🎬",
      b: 2,
      again: [0, 1, 2],
      given: [1, "zwei"],
      runId: run?.id,
    },
  });
  expect(lines).toEqual(["a", "b"]);
});

test("parallel steps run at the same time, each once", async () => {
  let active = 0;
  const { lines, note } = notes();
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step }) => {
      await step.run("first", () => note("first"));
      const results = await Promise.all(
        [0, 1, 2, 3].map((i) =>
          step.run(`p${i}`, async () => {
            note(`p${i}`);
            active++;
            // None goes on before all have begun.
            await until(() => active === 4);
            return i * 10;
          }),
        ),
      );
      return step.run("last", () => results);
    }),
  ]);
  await bench.send("go");
  const [run] = await bench.ended("f");
  expect(run?.output).toEqual([0, 10, 20, 30]);
  expect(lines.sort()).toEqual(["first", "p0", "p1", "p2", "p3"]);
});

test("parallel branches of several steps survive the failure of some", async () => {
  const { lines, note } = notes();
  bench = await openBench((client) => [
    client.createFunction({ id: "f", retries: 1, triggers: { event: "go" } }, async ({ step }) => {
      const branch = async (name: string) => {
        await step.run(`${name}-1`, () => note(`${name}-1`));
        const inner = await Promise.allSettled([
          step.run(`${name}-2a`, () => note(`${name}-2a`)),
          step.run(`${name}-2b`, () => {
            note(`${name}-2b`);
            if (name === "y") throw new Error("y breaks");
          }),
        ]);
        return step.run(`${name}-3`, () => inner.map(({ status }) => status));
      };
      const all = await Promise.all(["x", "y", "z"].map(branch));
      return all;
    }),
  ]);
  await bench.send("go");
  const [run] = await bench.ended("f");
  const good = ["fulfilled", "fulfilled"];
  expect(run?.output).toEqual([good, ["fulfilled", "rejected"], good]);
  const steps = ["x", "y", "z"].flatMap((name) => [`${name}-1`, `${name}-2a`, `${name}-2b`]);
  expect(lines.sort()).toEqual([...steps, "y-2b"].sort());
});

test("a step that fails is tried again alone", async () => {
  const attempts: number[] = [];
  let before = 0;
  bench = await openBench((client) => [
    client.createFunction({ id: "f", retries: 3, triggers: { event: "go" } }, async (ctx) => {
      await ctx.step.run("before", () => ++before);
      return ctx.step.run("flaky", () => {
        attempts.push(ctx.attempt);
        if (attempts.length < 3) throw new Error("not yet");
        return "finally";
      });
    }),
  ]);
  await bench.send("go");
  const [run] = await bench.ended("f");
  expect(run).toMatchObject({ status: "completed", output: "finally" });
  expect(attempts).toEqual([0, 1, 2]);
  expect(before).toBe(1);
});

test("when the tries are used up the run fails and onFailure is told, once", async () => {
  let tries = 0;
  const told: unknown[] = [];
  bench = await openBench((client) => [
    client.createFunction(
      {
        id: "f",
        retries: 2,
        triggers: { event: "go" },
        onFailure: async ({ error, event, step }) => {
          await step.run("refund", () => {
            told.push([error.name, error.message, event.data.event.data.job, event.data.run_id]);
          });
        },
      },
      async ({ step }) => {
        await Promise.all([
          step.run("fine", () => 1),
          step.run("broken", () => {
            tries++;
            throw new TypeError("broken beyond repair");
          }),
        ]);
      },
    ),
  ]);
  await bench.send("go", { job: "j1" });
  const [run] = await bench.ended("f");
  await bench.ended("f-failure");
  expect(run).toMatchObject({ status: "failed", error: { message: "broken beyond repair" } });
  expect(tries).toBe(3);
  expect(told).toEqual([["TypeError", "broken beyond repair", "j1", run?.id]]);
});

test("an error that isn't worth a retry isn't retried", async () => {
  let tries = 0;
  bench = await openBench((client) => [
    client.createFunction({ id: "f", retries: 5, triggers: { event: "go" } }, async ({ step }) => {
      await step.run("hopeless", () => {
        tries++;
        throw new NonRetriableError("no audio");
      });
    }),
  ]);
  await bench.send("go");
  expect(await bench.ended("f")).toMatchObject([
    { status: "failed", error: { message: "no audio" } },
  ]);
  expect(tries).toBe(1);
});

test("a known wait is kept to", async () => {
  const at: number[] = [];
  bench = await openBench((client) => [
    client.createFunction({ id: "f", retries: 1, triggers: { event: "go" } }, async ({ step }) => {
      await step.run("busy", () => {
        at.push(Date.now());
        if (at.length === 1) throw new RetryAfterError("busy", "1s");
      });
    }),
  ]);
  await bench.send("go");
  expect(await bench.ended("f")).toMatchObject([{ status: "completed" }]);
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(990);
});

test("a function may catch what a step came to", async () => {
  bench = await openBench((client) => [
    client.createFunction({ id: "f", retries: 1, triggers: { event: "go" } }, async ({ step }) => {
      try {
        await step.run("optional", () => {
          throw new RangeError("no speakers");
        });
      } catch (error) {
        const message = error instanceof StepError ? error.message : "not a step error";
        return step.run("without", () => `went on: ${message}`);
      }
      return "unreachable";
    }),
  ]);
  await bench.send("go");
  expect(await bench.ended("f")).toMatchObject([
    { status: "completed", output: "went on: no speakers" },
  ]);
});

test("code outside steps is tried again as well", async () => {
  let calls = 0;
  bench = await openBench((client) => [
    client.createFunction({ id: "f", retries: 2, triggers: { event: "go" } }, async () => {
      calls++;
      if (calls < 3) throw new Error("outside");
      return calls;
    }),
  ]);
  await bench.send("go");
  expect(await bench.ended("f")).toMatchObject([{ status: "completed", output: 3 }]);
});

test("a race goes on with the first, and the others finish in peace", async () => {
  const { lines, note } = notes();
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step, group }) => {
      const first = await group.parallel({ mode: "race" }, () =>
        Promise.race([
          step.run("fast", () => "fast"),
          step.run("slow", async () => {
            await pause(500);
            note("slow");
            return "slow";
          }),
        ]),
      );
      return step.run("after", () => {
        note(`after ${first}`);
        return first;
      });
    }),
  ]);
  await bench.send("go");
  expect(await bench.ended("f")).toMatchObject([{ status: "completed", output: "fast" }]);
  expect(lines).toEqual(["after fast", "slow"]);
});

test("200 parallel steps run once each", async () => {
  const ran = new Map<number, number>();
  bench = await openBench((client) => [
    client.createFunction({ id: "f", triggers: { event: "go" } }, async ({ step }) => {
      const indexes = Array.from({ length: 200 }, (_, index) => index);
      const values = await Promise.all(
        indexes.map((index) =>
          step.run(`part-${index}`, () => {
            ran.set(index, (ran.get(index) ?? 0) + 1);
            return index;
          }),
        ),
      );
      return values.reduce((sum, value) => sum + value, 0);
    }),
  ]);
  await bench.send("go");
  const [run] = await until(async () => {
    const runs = await bench.runs("f");
    return runs[0]?.status === "completed" && runs;
  }, 50_000);
  expect(run?.output).toBe(19_900);
  expect([...ran.values()]).toEqual(Array.from({ length: 200 }, () => 1));
}, 60_000);
