import { fileURLToPath } from "node:url";
import { checkNode } from "./bootstrap/node.mjs";

/**
 * npm run accounts:orphans: looks for what deletions have left, beside the running product or, with
 * DATABASE_URL and AUTH_SECRET set, on any database and storage. Ends with 0 when there is nothing,
 * 1 with findings, 2 when it couldn't look.
 */
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

try {
  checkNode();
  const { runAttached } = await import("./bootstrap/attach.mjs");
  await runAttached({ root, script: "scripts/accounts/main.ts" });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
