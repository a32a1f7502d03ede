import { fileURLToPath } from "node:url";
import { checkNode } from "./bootstrap/node.mjs";

/**
 * npm start: installs what is missing, builds, and runs the whole product until Ctrl-C.
 * npm run dev: the same with pages compiled on the fly.
 */
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const dev = process.argv.includes("--dev");

try {
  checkNode();
  // Imported only now: an old Node fails at these modules' imports, without saying why.
  const { main } = await import("./bootstrap/main.mjs");
  await main({ root, dev });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
