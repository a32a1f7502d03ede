import { rmSync } from "node:fs";
import path from "node:path";
import { nodeCommand } from "./node.mjs";
import { run } from "./run.mjs";
import { hashInputs, isStamped, stamp } from "./stamp.mjs";

/** Everything `next build` reads. */
const buildInputs = [
  "app",
  "components",
  "i18n",
  "inngest",
  "lib",
  "messages",
  "public",
  "prisma/schema",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

const buildTimeoutMs = 10 * 60_000;

/** @param {string} file */
function isNotBuilt(file) {
  return (
    /\.test\.tsx?$/.test(file) ||
    file.startsWith("lib/testing/") ||
    file === "lib/speech/server" ||
    file.endsWith("__pycache__")
  );
}

/**
 * Builds the production pages unless they are there for exactly these sources.
 * @param {object} options
 * @param {string} options.root
 * @param {import("./environment.mjs").Environment} options.env
 * @param {import("./household.mjs").Household} options.household
 * @param {import("./log.mjs").Log} options.log
 * @param {string} options.logDir
 * @param {() => void} [options.beforeBuild] may throw to prevent replacing the build
 * @returns {Promise<boolean>} whether it was built
 */
export async function ensureBuild({ root, env, household, log, logDir, beforeBuild }) {
  const stampFile = path.join(root, ".next/ax2-build-sha");
  const hash = buildHash(root, env);
  if (isStamped(stampFile, hash)) return false;
  beforeBuild?.();
  rmSync(stampFile, { force: true });
  await log.step("Building the pages", () =>
    run(household, {
      name: "next build",
      ...nodeCommand(root, "next/dist/bin/next", ["build"]),
      cwd: root,
      env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      timeoutMs: buildTimeoutMs,
      logFile: path.join(logDir, "build.log"),
    }),
  );
  // A source that changed meanwhile leaves the old hash, and the next start builds again.
  stamp(stampFile, hash);
  return true;
}

/**
 * @param {string} root
 * @param {import("./environment.mjs").Environment} env
 */
export function buildHash(root, env) {
  // These are written into the pages.
  const inlined = Object.entries(env)
    .filter(([name]) => name.startsWith("NEXT_PUBLIC_"))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return hashInputs(root, buildInputs, { skip: isNotBuilt, extra: inlined });
}
