import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { onServer } from "@/lib/testing/database";
import { startTestServer } from "@/lib/testing/postgres";
import { applyMigrations } from "@/prisma/migration-engine";

export interface BenchDatabase {
  url: string;
  dataDir: string;
  stop(): Promise<void>;
}

/**
 * An embedded Postgres of its own with the settings of npm start (fsync on) and `settings`, a
 * migrated database in it, and the product's environment set to use it.
 */
export async function startBenchDatabase(
  poolSize: number,
  settings: Record<string, string> = {},
): Promise<BenchDatabase> {
  const server = await startTestServer(settings);
  await onServer(server.url, "CREATE DATABASE bench");
  const address = new URL(server.url);
  address.pathname = "/bench";
  const url = address.toString();
  await applyMigrations(url);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "ax2-bench-data-"));
  Object.assign(process.env, {
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: String(poolSize),
    AUTH_SECRET: "a secret for benchmarks only of 32 characters or more",
    AX2_DATA_DIR: dataDir,
    LOG_LEVEL: "silent",
  });
  return {
    url,
    dataDir,
    stop: async () => {
      const { closeDatabase } = await import("@/lib/db");
      await closeDatabase();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
