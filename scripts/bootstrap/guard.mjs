/**
 * Outlives the supervisor for the moment it takes to end its children. Nothing else can: a
 * supervisor killed with SIGKILL runs no code, and its children would keep the ports and the
 * database. It learns of the children over stdin, one JSON line each; the pipe closing without
 * a goodbye is the supervisor's death.
 */
import { createInterface } from "node:readline";
import { endGroup } from "./process-identity.mjs";

/** @type {Map<number, { pid: number, signal: NodeJS.Signals }>} */
const children = new Map();
let goodbye = false;

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => undefined);
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.type === "add") children.set(message.pid, message);
  if (message.type === "remove") children.delete(message.pid);
  if (message.type === "goodbye") goodbye = true;
}

if (!goodbye) {
  // The youngest first: what was started last leans on what was started before it.
  for (const { pid, signal } of [...children.values()].reverse()) {
    await endGroup({ pid, signal, graceMs: 2_000 });
  }
}
process.exit(0);
