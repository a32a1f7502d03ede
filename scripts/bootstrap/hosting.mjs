import path from "node:path";
import { ensureBuild } from "./build.mjs";
import { readEnvironment } from "./environment.mjs";
import { createHousehold } from "./household.mjs";
import { createLog } from "./log.mjs";
import { preparePackages } from "./prepare.mjs";

/**
 * Packages, database client and pages, ready to be served by `next start` or a host's own means.
 * @param {string} root
 */
export async function buildForHosting(root) {
  const log = createLog();
  const household = createHousehold();
  try {
    const tools = { root, household, log, logDir: path.join(root, ".data/logs") };
    await preparePackages(tools);
    const built = await ensureBuild({ ...tools, env: readEnvironment(root) });
    log.say(built ? "The pages are built." : "The pages were built already.");
  } finally {
    household.close();
  }
}
