import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";
import { databaseUrl } from "@/lib/db";
import { env } from "@/lib/env";
import { startExecutor } from "@/lib/executor";
import { log } from "@/lib/log";
import { startRelay } from "@/lib/outbox/service";

/**
 * The process that does the work: runs the Inngest functions on this machine and hands them the
 * events that the server stores. Ends with its parent, so that a killed supervisor leaves nothing.
 */
async function main(): Promise<void> {
  if (env().jobEngine !== "local") throw new Error("Inngest is configured: no worker is needed");
  const executor = await startExecutor({
    client: inngest,
    functions,
    databaseUrl: databaseUrl(),
    log: log("executor"),
  });
  const stopRelay = await startRelay((events) => executor.send(events));
  log("worker").info("ready");

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await stopRelay();
    await executor.stop();
    process.exit(0);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  process.once("disconnect", stop);
}

await main();
