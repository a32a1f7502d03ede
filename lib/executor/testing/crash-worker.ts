import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { newId } from "@/lib/ids";
import { startExecutor } from "..";
import { testClient, testLog } from "./bench";

/**
 * An executor to be killed: each step leaves a row before it returns, so that a test can count
 * what really ran. `ready` on stdout means that it works. First argument: the database.
 */
const databaseUrl = process.argv[2] ?? "";
const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
const client = testClient();

async function effect(runId: string, step: string): Promise<string> {
  await pause(5 + Math.random() * 30);
  const token = newId();
  await pool.query("INSERT INTO effects (run_id, step, token) VALUES ($1, $2, $3)", [
    runId,
    step,
    token,
  ]);
  await pause(Math.random() * 20);
  return token;
}

const child = client.createFunction(
  { id: "child", triggers: { event: "child" } },
  async ({ step, runId }) => step.run("work", () => effect(runId, "work")),
);

const listener = client.createFunction(
  { id: "listener", triggers: { event: "told" } },
  async ({ step, runId, event }) => {
    await step.run("hear", () => effect(runId, "hear"));
    return event.data.from;
  },
);

const pipeline = client.createFunction(
  { id: "pipeline", triggers: { event: "go" }, concurrency: { limit: 5 } },
  async ({ step, runId, attempt }) => {
    await step.run("first", () => effect(runId, "first"));
    const parts = [0, 1, 2, 3].map((n) => step.run(`part-${n}`, () => effect(runId, `part-${n}`)));
    await Promise.all([...parts, step.sleep("rest", "1s")]);
    await step.run("flaky", async () => {
      if (attempt === 0) throw new Error("the first try fails");
      return effect(runId, "flaky");
    });
    await step.sendEvent("tell", { name: "told", data: { from: runId } });
    await step.invoke("child", { function: child, data: {} });
    await step.run("last", () => effect(runId, "last"));
  },
);

/** Hangs in the process that is to die, and finishes in the next one. */
const stuck = client.createFunction(
  { id: "stuck", triggers: { event: "hang" } },
  async ({ step, runId, attempt }) => {
    await step.run("done", () => effect(runId, "done"));
    await step.run("hang", async () => {
      await effect(runId, "hang");
      if (process.argv[3] === "hang") await pause(600_000);
      return attempt;
    });
  },
);

await startExecutor({
  client,
  functions: [pipeline, child, listener, stuck],
  databaseUrl,
  concurrency: 6,
  backoff: () => 20,
  log: testLog,
});
process.stdout.write("ready\n");
