import "server-only";
import { inngest } from "@/inngest/client";
import { EnvError, env } from "@/lib/env";
import { notePeerAddresses } from "@/lib/http/peer-address";
import { startRelay } from "@/lib/outbox/service";

/**
 * Refuses to serve half-configured, however the server was started. With Inngest, this process
 * also hands it the waiting events; otherwise the worker does.
 */
export async function startServer(): Promise<void> {
  try {
    env();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  notePeerAddresses();
  if (env().jobEngine === "inngest") {
    await startRelay(async (events) => {
      await inngest.send(events);
    });
  }
}
