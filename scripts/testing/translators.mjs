import path from "node:path";
import { openLogFile } from "../bootstrap/log.mjs";
import { typescriptCommand } from "../bootstrap/node.mjs";

const startTimeoutMs = 30_000;

/**
 * Starts the loopback stand-ins of DeepL and of a chat model; they end with the household.
 * @param {import("./parts.mjs").TestContext} context
 * @returns {Promise<{ url: string, env: Record<string, string> }>} where faults are ordered, and
 *   what the product is told
 */
export async function startTranslators({ root, results, household, env }) {
  const child = household.spawn({
    name: "translators",
    ...typescriptCommand(root, "e2e/providers/translators-main.ts", ["--control"]),
    cwd: root,
    env,
  });
  const log = openLogFile(path.join(results, "logs/translators.log"));
  child.stderr.on("data", (chunk) => log.write(chunk));
  /** @type {string} */
  const line = await new Promise((resolve, reject) => {
    let printed = "";
    const timer = setTimeout(() => reject(new Error("they don't start")), startTimeoutMs);
    child.stdout.on("data", (chunk) => {
      log.write(chunk);
      printed += chunk;
      const end = printed.indexOf("\n");
      if (end !== -1) resolve(printed.slice(0, end));
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error("they ended; logs/translators.log says why")));
    child.once("exit", () => clearTimeout(timer));
  });
  const { E2E_TRANSLATORS_URL: url = "", ...told } = JSON.parse(line);
  return { url, env: told };
}
