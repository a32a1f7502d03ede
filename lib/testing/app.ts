import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createTestDatabase } from "./database";

export interface TestApp {
  dataDir: string;
  databaseUrl: string;
  stop(): Promise<void>;
}

/**
 * The product's environment for one test file: its own database and data folder. Call it before
 * anything reads the environment (in `beforeAll`).
 */
export async function startTestApp(variables: Record<string, string> = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "ax2-test-data-"));
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: "8",
    AUTH_SECRET: "a secret for tests only of 32 characters or more",
    AX2_DATA_DIR: dataDir,
    LOG_LEVEL: "silent",
    // Nothing listens there: what reaches for speech without a stand-in fails at once.
    LOCAL_SPEECH_URL: "http://127.0.0.1:9",
    LOCAL_SPEECH_TOKEN: "test",
    ...variables,
  });
  return {
    dataDir,
    databaseUrl: database.url,
    stop: async () => {
      const { closeDatabase } = await import("@/lib/db");
      await closeDatabase();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
