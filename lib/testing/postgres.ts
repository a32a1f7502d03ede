import { chmod, mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createHousehold } from "@/scripts/bootstrap/household.mjs";
import { createLog } from "@/scripts/bootstrap/log.mjs";
import { anyFreePort } from "@/scripts/bootstrap/ports.mjs";
import { ensureDatabase, preparePostgres } from "@/scripts/bootstrap/postgres.mjs";
import { discardDataFolder } from "@/scripts/bootstrap/postgres-home.mjs";
import { endGroup } from "@/scripts/bootstrap/process-identity.mjs";

export interface TestServer {
  /** Address of the server's maintenance database. */
  url: string;
  stop(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, "../..");

/** A test never needs its data twice. */
const testSettings = { fsync: "off", synchronous_commit: "off", max_connections: "200" };

/**
 * A throwaway Postgres on a free port: the one that npm start embeds, made the same way. A guard
 * ends it when this process is killed.
 * @param settings of the server; `{}`: as npm start has them, so that what it says is on disk is
 */
export async function startTestServer(
  settings: Record<string, string> = testSettings,
): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "ax2-test-postgres-"));
  // As root the server runs as a user of its own, who must be able to enter the folder.
  await chmod(dataDir, 0o755);
  const installationId = path.basename(dataDir);
  const household = createHousehold();
  const { service, url } = await preparePostgres({
    root,
    dataDir,
    secrets: { installationId, databasePassword: "postgres" },
    port: await anyFreePort(),
    household,
    log: createLog({ write: () => undefined }),
    logDir: path.join(dataDir, "logs"),
    settings,
  });
  const server = household.spawn(service);
  // Nobody reads what it says; unread it would stop the server once the pipe is full.
  server.stdout?.resume();
  server.stderr?.resume();
  await ensureDatabase({ root, url, signal: new AbortController().signal });
  const maintenance = new URL(url);
  maintenance.pathname = "/postgres";
  return {
    url: maintenance.toString(),
    stop: async () => {
      if (server.pid) await endGroup({ pid: server.pid, signal: "SIGINT" });
      household.close();
      discardDataFolder({ dataDir, installationId });
    },
  };
}
