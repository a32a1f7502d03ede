import { existsSync } from "node:fs";
import path from "node:path";

/** util.parseEnv and the hooks tsx uses came with it. */
const oldestNode = [20, 12];
/** What the product itself runs on when the packaged Node is missing (Vitest, openai, pg-boss). */
const oldestProductNode = [22, 12];

/**
 * @param {string} version e.g. `20.11.1`
 * @param {number[]} oldest
 */
export function isAtLeast(version, oldest) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** @throws {Error} when this Node can't even run the scripts */
export function checkNode(version = process.versions.node) {
  if (isAtLeast(version, oldestNode)) return;
  throw new Error(
    `This is Node ${version}; AX2 Caption needs Node ${oldestNode.join(".")} or newer to start (it brings its own newer one along). See https://nodejs.org`,
  );
}

/**
 * The Node that runs the product: the one the npm package `node` brought, whatever started us.
 * @param {string} root
 */
export function productNode(root) {
  const packaged = path.join(root, "node_modules/node/bin/node");
  if (existsSync(packaged)) return packaged;
  if (isAtLeast(process.versions.node, oldestProductNode)) return process.execPath;
  throw new Error(
    `The packaged Node is missing (${packaged}) and Node ${process.versions.node} is too old for the product. Delete node_modules and start again, with npm's install scripts allowed.`,
  );
}

/**
 * How a package's command line program is run on the product's Node, without npx or a shell.
 * @param {string} root
 * @param {string} script path under node_modules
 * @param {string[]} args
 */
export function nodeCommand(root, script, args = []) {
  return { command: productNode(root), args: [path.join(root, "node_modules", script), ...args] };
}

/**
 * How one of our TypeScript programs is run. `react-server` makes `server-only` harmless.
 * @param {string} root
 * @param {string} script path under the root
 * @param {string[]} args
 */
export function typescriptCommand(root, script, args = []) {
  return {
    command: productNode(root),
    args: ["--conditions=react-server", "--import", "tsx", path.join(root, script), ...args],
  };
}
