import path from "node:path";
import { openLogFile } from "../bootstrap/log.mjs";
import { typescriptCommand } from "../bootstrap/node.mjs";

const startTimeoutMs = 30_000;

/** The product as the stand-ins know it; secrets of nothing. */
const clients = {
  GOOGLE_CLIENT_ID: "google-stand-in-client",
  GOOGLE_CLIENT_SECRET: "google/stand-in+secret",
  KAKAO_CLIENT_ID: "kakao-stand-in-client",
  KAKAO_CLIENT_SECRET: "kakao/stand-in+secret",
  NAVER_CLIENT_ID: "naver-stand-in-client",
  NAVER_CLIENT_SECRET: "naver/stand-in+secret",
};

/**
 * Starts the loopback stand-ins of Google, Kakao and Naver; they end with the household.
 * @param {import("./parts.mjs").TestContext} context
 * @param {{ appUrl: string }} product
 * @returns {Promise<{ url: string, env: Record<string, string> }>} their address, and what the
 *   product is told
 */
export async function startIdentityProviders({ root, results, household, env }, { appUrl }) {
  const script = "e2e/providers/identity/main.ts";
  const child = household.spawn({
    name: "identity",
    ...typescriptCommand(root, script, ["--app", appUrl]),
    cwd: root,
    env: { ...env, ...clients },
  });
  const log = openLogFile(path.join(results, "logs/identity.log"));
  child.stderr.on("data", (chunk) => log.write(chunk));
  /** @type {string} */
  const url = await new Promise((resolve, reject) => {
    let printed = "";
    const timer = setTimeout(() => reject(new Error("they don't start")), startTimeoutMs);
    child.stdout.on("data", (chunk) => {
      log.write(chunk);
      printed += chunk;
      const line = /^(http\S+)\n/.exec(printed)?.[1];
      if (line) resolve(line);
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error("they ended; logs/identity.log says why")));
    child.once("exit", () => clearTimeout(timer));
  });
  return { url, env: { ...clients, IDENTITY_PROVIDERS_URL: url } };
}
