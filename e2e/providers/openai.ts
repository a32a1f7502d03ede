import { createHash } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { diarizedBody, type RecogniseVoice } from "./openai-diarize";
import { refusals, type StandInFault, standInModels } from "./openai-faults";
import { audioDurationMs, readForm, type TranscriptionForm } from "./openai-form";
import { type StandInTranscript, transcriptionBody } from "./openai-transcript";

export type { StandInFault } from "./openai-faults";
export type { StandInTranscript } from "./openai-transcript";

/** One transcription that was asked for, as it arrived. */
export interface StandInRequest {
  fileName: string;
  /** Of the file's bytes: tells chunks apart whatever they are called. */
  fileSha256: string;
  fileBytes: number;
  /** Of WAV and FLAC; 0 for other files. */
  durationMs: number;
  model: string | undefined;
  language: string | undefined;
  prompt: string | undefined;
  responseFormat: string;
  granularities: string[];
  /** Names of the speakers whose voices came along. */
  knownSpeakers: string[];
  /** Which try of the client's this is, from 0. */
  retry: number;
  /** What was answered; undefined while waiting and when the connection was dropped. */
  status: number | undefined;
  /** The client hung up before the answer. */
  aborted: boolean;
}

export interface OpenAiStandInOptions {
  /** What is heard in the audio; a function answers by request. */
  transcript?: StandInTranscript | ((request: StandInRequest) => StandInTranscript);
  /** Whose voice a clip of a known speaker has, as `transcript` names it. */
  recognise?: RecogniseVoice;
  /** The only key that is taken. */
  apiKey?: string;
  /** Default: one that is free. */
  port?: number;
}

export interface OpenAiStandIn {
  /** For OPENAI_BASE_URL; ends in /v1. */
  url: string;
  apiKey: string;
  /** All transcription requests with the right key, oldest first. */
  requests: readonly StandInRequest[];
  /** Faults for the next requests, one each, in this order, instead of those ordered before. */
  script(...faults: StandInFault[]): void;
  /** How often each file was sent, by the SHA-256 of its bytes. */
  countsByFile(): Map<string, number>;
  /** Most requests that were open at the same time. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

const empty: StandInTranscript = { language: "english", segments: [] };

/**
 * OpenAI's transcription API on loopback, for tests: its protocol, its refusals, its kind of
 * answers, and its faults when they are ordered.
 */
export async function startOpenAiStandIn(
  options: OpenAiStandInOptions = {},
): Promise<OpenAiStandIn> {
  const { apiKey = "sk-stand-in", transcript = empty } = options;
  const requests: StandInRequest[] = [];
  const faults: StandInFault[] = [];
  let open = 0;
  let most = 0;

  async function transcribe(incoming: http.IncomingMessage, response: http.ServerResponse) {
    const form = await readForm(incoming);
    const request = recordOf(form, incoming);
    requests.push(request);
    response.once("close", () => {
      request.aborted = !response.writableFinished;
    });
    const fault = faults.shift();
    if (fault && (await misbehave(fault, request, response))) return;
    const refusal = refusals.ofForm(form, request.durationMs);
    if (refusal) {
      request.status = refusal.status;
      return sendJson(response, refusal.status, refusal.body);
    }
    const heard = typeof transcript === "function" ? transcript(request) : transcript;
    request.status = 200;
    const { type, body } =
      request.responseFormat === "diarized_json"
        ? { type: "application/json", body: diarizedBody(heard, form, options.recognise) }
        : transcriptionBody(heard, request);
    if (fault?.kind === "truncated") {
      // Its length is that of the cut text, so that only reading the JSON shows what is missing.
      return send(response, 200, type, body.slice(0, Math.floor(body.length * 0.6)));
    }
    return send(response, 200, type, body);
  }

  async function handle(incoming: http.IncomingMessage, response: http.ServerResponse) {
    const { pathname } = new URL(incoming.url ?? "/", "http://stand-in");
    if (incoming.headers.authorization !== `Bearer ${apiKey}`) {
      incoming.resume();
      return sendJson(response, 401, refusals.wrongKey.body);
    }
    if (incoming.method === "GET" && pathname === "/v1/models") {
      const data = standInModels.map((id) => ({
        ...{ id, object: "model", created: 0, owned_by: "openai" },
      }));
      return sendJson(response, 200, { object: "list", data });
    }
    if (incoming.method === "POST" && pathname === "/v1/audio/transcriptions") {
      open += 1;
      most = Math.max(most, open);
      response.once("close", () => {
        open -= 1;
      });
      return transcribe(incoming, response);
    }
    incoming.resume();
    return sendJson(response, 404, refusals.unknownAddress.body);
  }

  const server = http.createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { error: { message: String(error) } });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    apiKey,
    requests,
    script: (...next) => void faults.splice(0, faults.length, ...next),
    countsByFile: () => {
      const counts = new Map<string, number>();
      for (const { fileSha256 } of requests) {
        counts.set(fileSha256, (counts.get(fileSha256) ?? 0) + 1);
      }
      return counts;
    },
    mostAtOnce: () => most,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Plays a fault; answers whether it was the whole answer. */
async function misbehave(
  fault: StandInFault,
  request: StandInRequest,
  response: http.ServerResponse,
): Promise<boolean> {
  if (fault.kind === "dropped") {
    response.destroy();
    return true;
  }
  if (fault.kind === "slow") {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, fault.delayMs);
      response.once("close", () => {
        clearTimeout(timer);
        resolve();
      });
    });
    return response.destroyed;
  }
  if (fault.kind === "truncated") return false;
  if (fault.kind === "answer") {
    request.status = 200;
    send(response, 200, "application/json", fault.body);
    return true;
  }
  const refusal = refusals.ofFault(fault);
  request.status = refusal.status;
  sendJson(response, refusal.status, refusal.body, refusal.headers);
  return true;
}

function recordOf(form: TranscriptionForm, incoming: http.IncomingMessage): StandInRequest {
  const bytes = form.file?.bytes ?? new Uint8Array();
  return {
    fileName: form.file?.name ?? "",
    fileSha256: createHash("sha256").update(bytes).digest("hex"),
    fileBytes: bytes.length,
    durationMs: audioDurationMs(bytes) ?? 0,
    model: form.model,
    language: form.language,
    prompt: form.prompt,
    responseFormat: form.responseFormat ?? "json",
    granularities: form.granularities,
    knownSpeakers: form.knownNames,
    retry: Number(incoming.headers["x-stainless-retry-count"] ?? 0),
    status: undefined,
    aborted: false,
  };
}

function sendJson(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  send(response, status, "application/json", JSON.stringify(body), headers);
}

function send(
  response: http.ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}
