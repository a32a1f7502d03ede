import { fileURLToPath } from "node:url";
import { checkNode } from "./bootstrap/node.mjs";

/**
 * npm run audit:verify: checks the audit log beside the running product, or, with DATABASE_URL and
 * AUTH_SECRET set, on any database. Ends with 0 when all is well, 1 with findings, 2 when it
 * couldn't look.
 */
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

try {
  checkNode();
  const { runAttached } = await import("./bootstrap/attach.mjs");
  await runAttached({ root, script: "scripts/audit/main.ts" });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
