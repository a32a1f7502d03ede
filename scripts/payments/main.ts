import path from "node:path";
import { parseArgs } from "node:util";
import { startSandbox } from "@/lib/payments/sandbox/server";

/**
 * Runs the practice Toss as a program: `main.ts --app http://localhost:3000 --port 4400 --data
 * .data/payments --webhook http://127.0.0.1:3000/api/webhooks/toss`, with TOSS_CLIENT_KEY and
 * TOSS_SECRET_KEY in the environment. The first line printed is its address. Ends with its parent.
 */
const { values } = parseArgs({
  options: {
    app: { type: "string", default: "http://localhost:3000" },
    port: { type: "string", default: "0" },
    data: { type: "string" },
    webhook: { type: "string" },
  },
});
const { TOSS_CLIENT_KEY, TOSS_SECRET_KEY } = process.env;
if (!TOSS_CLIENT_KEY?.startsWith("test_") || !TOSS_SECRET_KEY?.startsWith("test_")) {
  throw new Error("TOSS_CLIENT_KEY and TOSS_SECRET_KEY: test keys of the sandbox's own");
}

const parent = process.ppid;
const { url } = await startSandbox({
  clientKey: TOSS_CLIENT_KEY,
  secretKey: TOSS_SECRET_KEY,
  appUrl: values.app,
  port: Number(values.port),
  webhookUrl: values.webhook,
  journalFile: values.data && path.join(values.data, "journal.jsonl"),
});
process.stdout.write(`${url}\n`);
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 1_000);
