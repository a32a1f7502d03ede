import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** Starts the command on the project's own Node; the product itself has installed it. */
const root = path.resolve(import.meta.dirname, "..");
const node = path.join(root, "node_modules/node/bin/node");
const tsx = path.join(root, "node_modules/tsx/dist/cli.mjs");

if (!existsSync(node) || !existsSync(tsx)) {
  process.stderr.write(
    "Start the product first (npm start): it installs what this command needs.\n",
  );
  process.exit(1);
}
const child = spawn(
  node,
  [tsx, path.join(root, "scripts/caption/main.ts"), ...process.argv.slice(2)],
  {
    stdio: "inherit",
  },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
