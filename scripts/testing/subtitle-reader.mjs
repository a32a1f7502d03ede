import fs from "node:fs/promises";
import path from "node:path";
import { runCommand } from "../bootstrap/command.mjs";
import { withDirLock } from "../bootstrap/dir-lock.mjs";
import { cleanPythonEnv, findPython, venvPython } from "../bootstrap/speech-python.mjs";

/** An independent reader of subtitle files, pure Python: version and hash of its wheel. */
const requirement =
  "pysubs2==1.8.1 --hash=sha256:eb5d8872b7f87208070dd6f0d85fc110b7ad6cc2a7ec422f5b12363e9194e4e4\n";

/**
 * A Python that has pysubs2, in an environment of its own under `dataDir`: made once, in seconds.
 * @param {{ dataDir: string }} options
 * @returns {Promise<string>} path of the Python
 * @throws {Error} when it can't be made
 */
export async function prepareSubtitleReader({ dataDir }) {
  const root = path.resolve(dataDir, "subtitle-reader");
  const venvDir = path.join(root, "venv");
  await fs.mkdir(root, { recursive: true });
  const isReady = async () => (await probe(venvDir)).ok;
  if (await isReady()) return venvPython(venvDir);
  return withDirLock(
    path.join(root, "lock"),
    async () => {
      if (!(await isReady())) await make(root, venvDir);
      return venvPython(venvDir);
    },
    () => undefined,
  );
}

/** @param {string} venvDir */
function probe(venvDir) {
  const code = "import pysubs2; assert pysubs2.__version__ == '1.8.1'";
  return runCommand(venvPython(venvDir), ["-c", code], { env: cleanPythonEnv() });
}

/**
 * @param {string} root
 * @param {string} venvDir
 */
async function make(root, venvDir) {
  const found = await findPython({ log: () => undefined });
  if (!found.ok) throw new Error(found.reason);
  const env = cleanPythonEnv();
  await fs.rm(venvDir, { recursive: true, force: true });
  const made = await runCommand(found.python, ["-m", "venv", venvDir], { env, timeoutMs: 60_000 });
  if (!made.ok) throw new Error(`The reader's environment could not be made. ${made.tail}`);
  const list = path.join(root, "requirements.txt");
  await fs.writeFile(list, requirement);
  const quiet = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"];
  const safe = ["--require-hashes", "--only-binary", ":all:", "-r", list];
  const installed = await runCommand(venvPython(venvDir), [...quiet, ...safe], {
    env,
    timeoutMs: 120_000,
  });
  if (!installed.ok) throw new Error(`pysubs2 could not be installed. ${installed.tail}`);
}
