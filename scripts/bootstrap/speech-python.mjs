import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { runCommand } from "./command.mjs";

const requirementsPath = path.resolve(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  "../../lib/speech/server/requirements.txt",
);

const names = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python3.14"];

/** Debian splits `ensurepip` off into python3-venv, so its absence must be seen here. */
const probe = `
import sys, venv, ensurepip
assert sys.version_info >= (3, 10) and sys.maxsize > 2**32
print(sys.executable)
`;

const howTo =
  "Install Python 3.10 or newer with its venv module (Debian and Ubuntu: apt install python3 python3-venv) and start again, or set OPENAI_API_KEY.";

/**
 * A 64-bit Python of at least 3.10 that can make virtual environments: `AX2_PYTHON`, else the
 * first of the usual names; as root on Debian it is installed when there is none.
 * @param {{log: (line: string) => void, env?: NodeJS.ProcessEnv}} options
 * @returns {Promise<{ok: true, python: string} | {ok: false, reason: string}>}
 */
export async function findPython({ log, env = process.env }) {
  if (env.AX2_PYTHON) {
    const python = await probePython(env.AX2_PYTHON, env);
    if (python) return { ok: true, python };
    return {
      ok: false,
      reason: `AX2_PYTHON (${env.AX2_PYTHON}) is not a Python 3.10 or newer with the venv module.`,
    };
  }
  for (const name of names) {
    const python = await probePython(name, env);
    if (python) return { ok: true, python };
  }
  if (process.getuid?.() === 0 && (await runCommand("apt-get", ["--version"], { env })).ok) {
    log("Installing Python (apt-get install python3 python3-venv)");
    const quiet = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, timeoutMs: 300_000 };
    await runCommand("apt-get", ["update", "-q"], quiet);
    const packages = ["install", "-y", "-q", "--no-install-recommends", "python3", "python3-venv"];
    const installed = await runCommand("apt-get", packages, quiet);
    const python = await probePython("/usr/bin/python3", env);
    if (python) return { ok: true, python };
    log(installed.tail);
  }
  return { ok: false, reason: `Python 3.10 or newer was not found. ${howTo}` };
}

async function probePython(name, env) {
  const found = await runCommand(name, ["-c", probe], { env, timeoutMs: 20_000 });
  return found.ok ? found.output.trim() : undefined;
}

/** The environment's Python, of which `-m` is used only: scripts in its bin folder know paths. */
export const venvPython = (venvDir) =>
  path.join(
    venvDir,
    ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
  );

/** Without the variables that make a Python look for packages elsewhere. */
export function cleanPythonEnv(env = process.env) {
  const { PYTHONPATH: _path, PYTHONHOME: _home, VIRTUAL_ENV: _venv, ...rest } = env;
  return { ...rest, PYTHONNOUSERSITE: "1", PYTHONDONTWRITEBYTECODE: "1" };
}

/** What an environment was made from; another value means it must be made anew. */
export async function requirementsStamp() {
  return createHash("sha256")
    .update(await fs.readFile(requirementsPath))
    .digest("hex");
}

/**
 * Whether the environment is whole: made from today's requirements, by a Python that is still
 * there in the same version (an upgrade of the system's leaves the old folder without a library).
 */
export async function venvIsReady(venvDir) {
  const stamp = await fs.readFile(path.join(venvDir, "ax2-stamp"), "utf8").catch(() => "");
  if (stamp !== (await requirementsStamp())) return false;
  const found = await runCommand(
    venvPython(venvDir),
    [
      "-c",
      "import importlib.util as u; assert u.find_spec('faster_whisper') and u.find_spec('ctranslate2')",
    ],
    { env: cleanPythonEnv(), timeoutMs: 20_000 },
  );
  return found.ok;
}

/**
 * Makes the environment beside its place and moves it there when it is whole, so that a stop in
 * the middle leaves nothing half done.
 * @param {{python: string, venvDir: string, log: (line: string) => void}} options
 * @returns {Promise<{ok: true} | {ok: false, reason: string}>}
 */
export async function makeVenv({ python, venvDir, log }) {
  const partial = `${venvDir}.partial`;
  const env = cleanPythonEnv();
  await fs.rm(partial, { recursive: true, force: true });
  log("Making the Python environment of the speech server");
  const made = await runCommand(python, ["-m", "venv", partial], { env, timeoutMs: 120_000 });
  if (!made.ok)
    return { ok: false, reason: `The Python environment could not be made. ${made.lastLine}` };
  const installed = await runCommand(
    venvPython(partial),
    [
      ...["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"],
      // Wheels with known hashes only: nothing is built and no package's code runs while installing.
      ...["--require-hashes", "--only-binary", ":all:", "-r", requirementsPath],
    ],
    { env, timeoutMs: 1_200_000 },
  );
  if (!installed.ok) {
    log(installed.tail);
    await fs.rm(partial, { recursive: true, force: true });
    return {
      ok: false,
      reason: `The speech server's packages could not be installed. ${installed.lastLine}`,
    };
  }
  await fs.writeFile(path.join(partial, "ax2-stamp"), await requirementsStamp());
  await fs.rm(venvDir, { recursive: true, force: true });
  await fs.rename(partial, venvDir);
  return { ok: true };
}
