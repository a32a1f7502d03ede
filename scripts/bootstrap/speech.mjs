import fs from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { withDirLock } from "./dir-lock.mjs";
import { fetchModel, modelIsReady } from "./speech-model.mjs";
import { cleanPythonEnv, findPython, makeVenv, venvIsReady, venvPython } from "./speech-python.mjs";

const serverDir = fileURLToPath(new URL("../../lib/speech/server", import.meta.url));

/**
 * Makes ready what the local Whisper server needs, under `dataDir`/speech: a Python environment
 * and a model. A fraction of a second when all is there. Two at once wait for each other.
 * @param {{dataDir: string, log: (line: string) => void, model?: string,
 *   env?: NodeJS.ProcessEnv, hub?: string}} options `model`: a size of Whisper, default base
 * @returns {Promise<{ok: true, python: string, modelDir: string, model: string}
 *   | {ok: false, reason: string}>} `reason` is a sentence for the operator; never throws for what
 *   the machine or the network lacks
 */
export async function prepareSpeech({ dataDir, log, model = "base", env = process.env, hub }) {
  const root = path.resolve(dataDir, "speech");
  const venvDir = path.join(root, "venv");
  const modelDir = path.join(root, "models", model.replaceAll("/", "--"));
  const ready = { ok: true, python: venvPython(venvDir), modelDir, model };
  const isReady = async () => (await modelIsReady(modelDir)) && (await venvIsReady(venvDir));
  try {
    if (await isReady()) return ready;
    await fs.mkdir(path.join(root, "models"), { recursive: true });
    return await withDirLock(
      path.join(root, "lock"),
      async () => {
        if (await isReady()) return ready;
        if (!(await venvIsReady(venvDir))) {
          const found = await findPython({ log, env });
          if (!found.ok) return found;
          const made = await makeVenv({ python: found.python, venvDir, log });
          if (!made.ok) return made;
        }
        if (!(await modelIsReady(modelDir))) {
          const got = await fetchModel({
            ...{ model, modelDir, python: venvPython(venvDir), log },
            ...(hub && { hub }),
          });
          if (!got.ok) return got;
        }
        return ready;
      },
      () => log("Another process is preparing speech recognition; waiting for it"),
    );
  } catch (error) {
    // A full disk or a folder that can't be written: the product starts without local speech.
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `Speech recognition could not be prepared. ${message}` };
  }
}

/**
 * How to start the server on what `prepareSpeech` made. It listens on 127.0.0.1 only, answers
 * `GET /health` without the token once it can transcribe (1 to 2 s), stops on SIGTERM, and ends by
 * itself when the process that called this function, which must be the one that spawns, is gone.
 * @param {{python: string, modelDir: string, port: number, token: string, model?: string}} options
 *   `token`: at least 16 characters, goes into the environment so that no process list shows it
 * @returns {{command: string, args: string[], env: NodeJS.ProcessEnv}} for `spawn`; `env` is the
 *   whole environment
 */
export function speechServerCommand({ python, modelDir, port, token, model }) {
  return {
    command: python,
    args: [
      serverDir,
      ...["--port", String(port), "--model-dir", modelDir],
      ...["--model-name", model ?? path.basename(modelDir), "--parent", String(process.pid)],
    ],
    env: { ...cleanPythonEnv(), AX2_SPEECH_TOKEN: token, HF_HUB_OFFLINE: "1" },
  };
}
