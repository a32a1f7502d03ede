import type { InngestFunction } from "inngest";
import type { Executor } from "@/lib/executor";

/**
 * What the worker process does, in this one: runs the functions (all of them unless told
 * otherwise) and hands them the events that are stored. Tries again at once.
 */
export async function startTestWorker(options: {
  databaseUrl: string;
  functions?: InngestFunction.Any[];
}): Promise<{ executor: Executor; stop(): Promise<void> }> {
  const [{ startExecutor }, { inngest }, { functions }, { startRelay }, { log }] =
    await Promise.all([
      import("@/lib/executor"),
      import("@/inngest/client"),
      import("@/inngest/functions"),
      import("@/lib/outbox/service"),
      import("@/lib/log"),
    ]);
  const executor = await startExecutor({
    client: inngest,
    functions: options.functions ?? functions,
    databaseUrl: options.databaseUrl,
    backoff: () => 50,
    log: log("executor"),
  });
  const stopRelay = await startRelay((events) => executor.send(events), 200);
  return {
    executor,
    stop: async () => {
      await stopRelay();
      await executor.stop();
    },
  };
}
