import { serviceEnvironment } from "./environment.mjs";
import { ensurePackages } from "./install.mjs";
import { ensureLibass } from "./libass.mjs";
import { ensurePrismaClient } from "./prisma.mjs";
import { CommandError, run } from "./run.mjs";
import { checkCommand } from "./services.mjs";

/**
 * @typedef {object} Tools
 * @property {string} root
 * @property {import("./household.mjs").Household} household
 * @property {import("./log.mjs").Log} log
 * @property {string} logDir
 */

/**
 * Packages and generated code: what everything else needs.
 * @param {Tools} tools
 */
export async function preparePackages(tools) {
  await ensurePackages(tools);
  await ensurePrismaClient(tools);
  await ensureLibass(tools.root);
}

/**
 * Refuses a configuration that is wrong or, in production, incomplete.
 * @param {Tools & { env: import("./environment.mjs").Environment }} options
 * @throws {Error} with one line for each problem
 */
export async function checkConfiguration({ root, env, household }) {
  try {
    await run(household, checkCommand({ root, env }));
  } catch (error) {
    if (error instanceof CommandError) throw new Error(error.tail.join("\n"), { cause: error });
    throw error;
  }
}

/**
 * What local mode adds before anything runs; enough for the configuration check.
 * @param {import("./environment.mjs").Environment} env
 * @param {{ local: boolean, dataDir: string, port: number, secrets: import("./secrets.mjs").Secrets | undefined }} facts
 */
export function baseEnvironment(env, { local, dataDir, port, secrets }) {
  return serviceEnvironment({
    env: { ...env, PORT: String(port), AX2_DATA_DIR: dataDir },
    embedded: local
      ? { APP_URL: `http://localhost:${port}`, AUTH_SECRET: secrets?.authSecret }
      : {},
  });
}
