import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * One hash over the names and contents of files. Folders are walked; what isn't there counts as
 * such, so that a file that appears later changes the hash.
 * @param {string} root
 * @param {string[]} inputs paths under `root`
 * @param {{ skip?: (relativePath: string) => boolean, extra?: string[] }} [options]
 */
export function hashInputs(root, inputs, { skip = () => false, extra = [] } = {}) {
  const hash = createHash("sha256");
  for (const text of extra) hash.update(`extra\0${text}\0`);
  for (const file of inputs.flatMap((input) => filesUnder(root, input, skip))) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {string} input
 * @param {(relativePath: string) => boolean} skip
 * @returns {string[]} sorted
 */
function filesUnder(root, input, skip) {
  const stats = statSync(path.join(root, input), { throwIfNoEntry: false });
  if (!stats || skip(input)) return [];
  if (stats.isFile()) return [input];
  return readdirSync(path.join(root, input))
    .sort()
    .flatMap((name) => filesUnder(root, `${input}/${name}`, skip));
}

/**
 * @param {string} file
 * @param {string} hash
 */
export function isStamped(file, hash) {
  try {
    return readFileSync(file, "utf8").trim() === hash;
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @param {string} hash
 */
export function stamp(file, hash) {
  writeFileSync(file, `${hash}\n`);
}
