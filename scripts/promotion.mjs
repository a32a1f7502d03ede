import { fileURLToPath } from "node:url";
import { checkNode } from "./bootstrap/node.mjs";

/**
 * npm run promotion -- add CODE --percent 10, list, or stop CODE: what top-ups cost less with. Works
 * beside the running product or, with DATABASE_URL and AUTH_SECRET set, on any database.
 */
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

try {
  checkNode();
  const { runAttached } = await import("./bootstrap/attach.mjs");
  const args = process.argv.slice(2);
  await runAttached({ root, script: "scripts/promotion/main.ts", args });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
