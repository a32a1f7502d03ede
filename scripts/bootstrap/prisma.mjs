import { rmSync } from "node:fs";
import path from "node:path";
import { unusedEngine } from "./install.mjs";
import { nodeCommand } from "./node.mjs";
import { run } from "./run.mjs";
import { hashInputs, isStamped, stamp } from "./stamp.mjs";

/**
 * Generates the Prisma client unless it is there for this schema and this Prisma.
 * @param {object} options
 * @param {string} options.root
 * @param {import("./household.mjs").Household} options.household
 * @param {import("./log.mjs").Log} options.log
 * @param {string} options.logDir
 */
export async function ensurePrismaClient({ root, household, log, logDir }) {
  const stampFile = path.join(root, "prisma/generated/.schema-sha");
  const hash = hashInputs(root, [
    "prisma/schema",
    "prisma.config.ts",
    "node_modules/prisma/package.json",
  ]);
  if (isStamped(stampFile, hash)) return;
  rmSync(stampFile, { force: true });
  await log.step("Generating the database client", () =>
    run(household, {
      name: "prisma generate",
      ...nodeCommand(root, "prisma/build/index.js", ["generate"]),
      cwd: root,
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: unusedEngine(root),
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
      timeoutMs: 120_000,
      logFile: path.join(logDir, "prisma.log"),
    }),
  );
  stamp(stampFile, hash);
}
