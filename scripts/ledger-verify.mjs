import { fileURLToPath } from "node:url";
import { checkNode } from "./bootstrap/node.mjs";

/**
 * npm run ledger:verify: checks that the credits add up, beside the running product or, with
 * DATABASE_URL and AUTH_SECRET set, in any database. Ends with 0 when all is well, 1 when something
 * doesn't add up, 2 when it couldn't look.
 */
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

try {
  checkNode();
  const { runAttached } = await import("./bootstrap/attach.mjs");
  await runAttached({ root, script: "scripts/ledger/main.ts" });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
