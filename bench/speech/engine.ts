import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import net from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type SpeechEngine, speechEngine } from "@/lib/speech";
import { prepareSpeech, speechServerCommand } from "@/scripts/bootstrap/speech.mjs";

export interface OpenEngine {
  engine: SpeechEngine;
  /** Of the local server, for requests that the engine wouldn't make. */
  server?: { url: string; token: string };
  close: () => Promise<void>;
}

/** The engine of the environment, else a local Whisper server that ends with `close`. */
export async function openEngine(): Promise<OpenEngine> {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, SPEECH_MODEL } = process.env;
  if (OPENAI_API_KEY || OPENAI_BASE_URL) {
    const engine = speechEngine({ OPENAI_API_KEY, OPENAI_BASE_URL, SPEECH_MODEL });
    return { engine, close: async () => {} };
  }
  const model = process.env.WHISPER_MODEL ?? "base";
  const dataDir = process.env.AX2_DATA_DIR ?? ".data";
  const prepared = await prepareSpeech({ dataDir, model, log: console.error });
  if (!prepared.ok) throw new Error(prepared.reason);
  const [port, token] = [await freePort(), randomBytes(24).toString("base64url")];
  const { command, args, env } = speechServerCommand({ ...prepared, port, token });
  const child = spawn(command, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${url}/health`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error("the local Whisper server did not start");
    await wait(100);
  }
  return {
    server: { url, token },
    engine: speechEngine({
      LOCAL_SPEECH_URL: url,
      LOCAL_SPEECH_TOKEN: token,
      WHISPER_MODEL: model,
    }),
    close: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
