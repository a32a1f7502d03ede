import { fileURLToPath } from "node:url";
import { checkNode } from "./bootstrap/node.mjs";

/** npm run build: the production build for someone's own hosting; needs no variables. */
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

try {
  checkNode();
  const { buildForHosting } = await import("./bootstrap/hosting.mjs");
  await buildForHosting(root);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
