import { fileURLToPath } from "node:url";
import { checkNode } from "./bootstrap/node.mjs";

/**
 * npm test: installs what is missing, then runs everything.
 * npm test -- checks unit integration e2e: only these parts.
 */
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

try {
  checkNode();
  const { main } = await import("./testing/main.mjs");
  // Something that was started and not waited for must not hold the process.
  process.exit(await main({ root, parts: process.argv.slice(2) }));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
