import http from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { type ChatCue, type ChatFault, messageOf } from "./chat-faults";
import { pseudoTranslation } from "./pseudo-translation";

export type { ChatFault } from "./chat-faults";

const requestBody = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z
    .object({ type: z.string(), json_schema: z.object({ strict: z.boolean() }).loose().optional() })
    .optional(),
});

/** What the product puts into the message; anything else is refused. */
const userMessage = z.object({
  before: z.string().optional(),
  after: z.string().optional(),
  glossary: z.array(z.object({ source: z.string(), target: z.string() })).optional(),
  cues: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      speaker: z.string().optional(),
      source: z.string().optional(),
      maxCharacters: z.number().optional(),
    }),
  ),
});

/** One completion that was asked for, as it arrived. */
export interface ChatRequest {
  instructions: string;
  message: z.infer<typeof userMessage>;
  /** "json_schema", "json_object" or undefined. */
  format: string | undefined;
  /** Of the language to write in, as the instructions name it: "ko". */
  target: string;
  /** What was answered; undefined while waiting and when the connection was dropped. */
  status: number | undefined;
}

export interface ChatStandInOptions {
  model?: string;
  /** The only key that is taken; null: every key, like servers on one's own machine. */
  apiKey?: string | null;
  /** Default: one that is free. */
  port?: number;
  /** Shapes of answers that it knows; others are refused with 400. */
  formats?: readonly ("json_schema" | "json_object")[];
  /** Decides about faults by what is asked for, before those ordered by `script`. */
  misbehave?: (request: ChatRequest) => ChatFault | undefined;
}

export interface ChatStandIn {
  /** For TRANSLATION_BASE_URL; ends in /v1. */
  url: string;
  apiKey: string;
  model: string;
  /** Completions that were asked for with the right key, oldest first. */
  requests: readonly ChatRequest[];
  /** Faults for the next completions, one each, in this order, instead of those ordered before. */
  script(...faults: ChatFault[]): void;
  close(): Promise<void>;
}

/** What the stand-in writes for a text: told apart from DeepL's by its words. */
export function chatTranslation(text: string, target: string): string {
  return pseudoTranslation(text, `${target}-x-chat`);
}

/**
 * A chat model behind OpenAI's protocol on loopback, for tests only: structured output, its
 * refusals, and its faults when they are ordered. What it answers is no translation.
 */
export async function startChatStandIn(options: ChatStandInOptions = {}): Promise<ChatStandIn> {
  const { model = "stand-in-model", apiKey = "sk-chat-stand-in" } = options;
  const formats: readonly string[] = options.formats ?? ["json_schema", "json_object"];
  const requests: ChatRequest[] = [];
  const faults: ChatFault[] = [];

  async function complete(body: unknown, response: http.ServerResponse) {
    const { messages, response_format, model: asked } = requestBody.parse(body);
    const instructions = messages[0]?.content ?? "";
    const request: ChatRequest = {
      instructions,
      message: userMessage.parse(JSON.parse(messages[1]?.content ?? "")),
      format: response_format?.type,
      target: /(?:into|subtitles in) [^\n]*?\(([\w-]+)\)/.exec(instructions)?.[1] ?? "",
      status: undefined,
    };
    requests.push(request);
    const send = (status: number, answer: unknown, headers: Record<string, string> = {}) => {
      request.status = status;
      sendJson(response, status, answer, headers);
    };
    if (asked !== model)
      return send(404, problem(`The model \`${asked}\` does not exist.`, "model_not_found"));
    if (request.format && !formats.includes(request.format)) {
      return send(
        400,
        problem(`response_format ${request.format} is not supported by this server.`),
      );
    }
    const fault = options.misbehave?.(request) ?? faults.shift();
    if (fault && (await misbehave(fault, response, send))) return;
    const cues = request.message.cues.map((cue) =>
      answerTo(cue, request, fault?.kind === "untranslated"),
    );
    const { content, refusal, finish } = messageOf(cues, fault);
    send(200, {
      id: "chatcmpl-stand-in",
      object: "chat.completion",
      created: 0,
      model,
      choices: [
        { index: 0, finish_reason: finish, message: { role: "assistant", content, refusal } },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    });
  }

  async function handle(incoming: http.IncomingMessage, response: http.ServerResponse) {
    const { pathname } = new URL(incoming.url ?? "/", "http://stand-in");
    const body = await readBody(incoming);
    if (apiKey !== null && incoming.headers.authorization !== `Bearer ${apiKey}`) {
      // The real one quotes the key back, in part.
      return sendJson(
        response,
        401,
        problem(`Incorrect API key provided: ${incoming.headers.authorization}`, "invalid_api_key"),
      );
    }
    if (incoming.method === "GET" && pathname === "/v1/models") {
      return sendJson(response, 200, { object: "list", data: [{ id: model, object: "model" }] });
    }
    if (incoming.method === "POST" && pathname === "/v1/chat/completions") {
      return complete(JSON.parse(body), response);
    }
    return sendJson(response, 404, problem("Invalid URL"));
  }

  const server = http.createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 400, problem(String(error)));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    apiKey: apiKey ?? "",
    model,
    requests,
    script: (...next) => void faults.splice(0, faults.length, ...next),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type MessageCue = z.infer<typeof userMessage>["cues"][number];

function answerTo(cue: MessageCue, request: ChatRequest, keep: boolean): ChatCue {
  const { id, text, maxCharacters } = cue;
  if (keep) return { id, text };
  if (maxCharacters !== undefined) return { id, text: shortened(text, maxCharacters) };
  const terms = request.message.glossary?.map(({ source, target }): [string, string] => [
    source,
    target,
  ]);
  // Tags stay where they are.
  const parts = text.split(/(<\/?[biu]>)/);
  const translated = parts.map((part, index) =>
    index % 2 === 1
      ? part
      : pseudoTranslation(part, `${request.target}-x-chat`, { terms: terms ?? [] }),
  );
  return { id, text: translated.join("") };
}

/** Its first words, as many as fit. */
function shortened(text: string, maxCharacters: number): string {
  const head = Array.from(text).slice(0, maxCharacters).join("");
  return head.includes(" ") && head.length < text.length
    ? head.slice(0, head.lastIndexOf(" "))
    : head;
}

/** Plays a fault of the service; answers whether it was the whole answer. */
async function misbehave(
  fault: ChatFault,
  response: http.ServerResponse,
  send: (status: number, body: unknown, headers?: Record<string, string>) => void,
): Promise<boolean> {
  switch (fault.kind) {
    case "rate_limited":
      send(
        429,
        problem("Rate limit reached.", "rate_limit_exceeded"),
        fault.retryAfterSeconds === undefined
          ? {}
          : { "retry-after": String(fault.retryAfterSeconds) },
      );
      return true;
    case "insufficient_quota":
      send(429, problem("You exceeded your current quota.", "insufficient_quota"));
      return true;
    case "unauthorized":
      send(401, problem("Incorrect API key provided: sk-****.", "invalid_api_key"));
      return true;
    case "server_error":
      send(fault.status ?? 500, problem("The server had an error."));
      return true;
    case "dropped":
      response.destroy();
      return true;
    case "slow":
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, fault.delayMs);
        response.once("close", () => {
          clearTimeout(timer);
          resolve();
        });
      });
      return response.destroyed;
    default:
      return false;
  }
}

function problem(message: string, code: string | null = null) {
  return { error: { message, type: code ?? "invalid_request_error", param: null, code } };
}

async function readBody(incoming: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

function sendJson(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
