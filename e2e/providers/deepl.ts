import http from "node:http";
import type { AddressInfo } from "node:net";
import { type DeeplFault, isTagFault, withTagFault } from "./deepl-faults";
import { GlossaryShelf, glossaryInfo } from "./deepl-glossaries";
import { standInLanguages, standInSources } from "./deepl-lists";
import {
  billedCharacters,
  type DeeplRequest,
  limits,
  refusalOf,
  requestOf,
  translateText,
} from "./deepl-translate";

export type { DeeplFault } from "./deepl-faults";
export type { DeeplRequest } from "./deepl-translate";

export interface DeeplStandInOptions {
  /** The only key that is taken. */
  authKey?: string;
  /** Default: one that is free. */
  port?: number;
  /** Characters that may be translated, like a free account's 500,000. */
  characterLimit?: number;
  /** Known translations by target ("ja", "en-us"), source text to translation. */
  dictionaries?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Decides about faults by what is asked for, before those ordered by `script`. */
  misbehave?: (request: DeeplRequest) => DeeplFault | undefined;
}

export interface DeeplStandIn {
  /** For DEEPL_SERVER_URL. */
  url: string;
  authKey: string;
  /** Translations that were asked for with the right key, oldest first. */
  requests: readonly DeeplRequest[];
  glossaries: GlossaryShelf;
  usage: { count: number; limit: number };
  /** Faults for the next translations, one each, in this order, instead of those ordered before. */
  script(...faults: DeeplFault[]): void;
  /** Every address answers 503 until it is up again. */
  setDown(down: boolean): void;
  /** Most translations that were open at the same time. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

/**
 * DeepL's API on loopback, for tests only: its protocol, its refusals and limits, and its faults
 * when they are ordered. What it answers is no translation, see `pseudoTranslation`.
 */
export async function startDeeplStandIn(options: DeeplStandInOptions = {}): Promise<DeeplStandIn> {
  const { authKey = "stand-in:fx", characterLimit = 500_000 } = options;
  const requests: DeeplRequest[] = [];
  const faults: DeeplFault[] = [];
  const glossaries = new GlossaryShelf();
  const usage = { count: 0, limit: characterLimit };
  const load = { open: 0, most: 0, down: false };

  async function translate(
    form: URLSearchParams,
    bodyBytes: number,
    response: http.ServerResponse,
  ) {
    const request = requestOf(form, bodyBytes);
    requests.push(request);
    const send = (status: number, body?: unknown) => {
      request.status = status;
      sendJson(response, status, body);
    };
    const fault = options.misbehave?.(request) ?? faults.shift();
    if (fault && (await misbehave(fault, response, send))) return;
    const refusal = refusalOf(request);
    if (refusal) return send(refusal.status, { message: refusal.message });
    const glossary = request.glossaryId ? glossaries.get(request.glossaryId) : undefined;
    if (request.glossaryId && !glossary) return send(404, { message: "Glossary not found" });
    const billed = request.texts.map((text) => billedCharacters(text, request));
    const total = billed.reduce((sum, each) => sum + each, 0);
    if (usage.count + total > usage.limit) {
      return send(456, { message: "Quota for this billing period has been exceeded." });
    }
    usage.count += total;
    const translations = request.texts.map((text, index) => {
      const translated = translateText(text, request, {
        keep: fault?.kind === "untranslated",
        dictionary: options.dictionaries?.[request.target.toLowerCase()] ?? {},
        terms: glossary?.terms ?? [],
      });
      return {
        detected_source_language: request.source ?? "EN",
        text: fault && isTagFault(fault) ? withTagFault(translated, fault) : translated,
        ...(form.get("show_billed_characters") === "1" && { billed_characters: billed[index] }),
        ...(request.modelType && { model_type_used: "quality_optimized" }),
      };
    });
    send(200, { translations });
  }

  function shelf(
    method: string,
    pathname: string,
    form: URLSearchParams,
    response: http.ServerResponse,
  ) {
    const id = pathname.split("/")[3];
    if (method === "GET" && !id) {
      return sendJson(response, 200, { glossaries: glossaries.list().map(glossaryInfo) });
    }
    if (method === "POST" && !id) {
      const made = glossaries.create(form);
      if ("status" in made) return sendJson(response, made.status, { message: made.message });
      return sendJson(response, 201, glossaryInfo(made));
    }
    if (method === "DELETE" && id) return sendJson(response, glossaries.delete(id) ? 204 : 404);
    return sendJson(response, 404, { message: "Not found" });
  }

  async function handle(incoming: http.IncomingMessage, response: http.ServerResponse) {
    const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://stand-in");
    const method = incoming.method ?? "GET";
    const { form, bytes } = await readForm(incoming);
    if (load.down) return sendJson(response, 503);
    if (!incoming.headers["user-agent"])
      return sendJson(response, 400, { message: "User-Agent header missing." });
    // The real one quotes nothing back; what is refused here is the key alone.
    if (incoming.headers.authorization !== `DeepL-Auth-Key ${authKey}`)
      return sendJson(response, 403);
    if (pathname === "/v2/usage") {
      return sendJson(response, 200, {
        character_count: usage.count,
        character_limit: usage.limit,
      });
    }
    if (pathname === "/v2/languages")
      return sendJson(response, 200, languages(searchParams.get("type")));
    if (pathname.startsWith("/v3/glossaries")) return shelf(method, pathname, form, response);
    if (method === "POST" && pathname === "/v2/translate") {
      load.open += 1;
      load.most = Math.max(load.most, load.open);
      response.once("close", () => {
        load.open -= 1;
      });
      return translate(form, bytes, response);
    }
    return sendJson(response, 404, { message: "Not found" });
  }

  const server = http.createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { message: String(error) });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    authKey,
    requests,
    glossaries,
    usage,
    script: (...next) => void faults.splice(0, faults.length, ...next),
    setDown: (down) => {
      load.down = down;
    },
    mostAtOnce: () => load.most,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Plays a fault; answers whether it was the whole answer. */
async function misbehave(
  fault: DeeplFault,
  response: http.ServerResponse,
  send: (status: number, body?: unknown) => void,
): Promise<boolean> {
  switch (fault.kind) {
    case "rate_limited":
      send(429, { message: "Too many requests" });
      return true;
    case "server_error":
      send(fault.status ?? 503);
      return true;
    case "quota":
      send(456, { message: "Quota for this billing period has been exceeded." });
      return true;
    case "unauthorized":
      send(403);
      return true;
    case "bad_request":
      send(400, { message: "Bad request" });
      return true;
    case "answer":
      send(200, fault.body);
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

function languages(type: string | null) {
  if (type !== "target") return standInSources.map((code) => ({ language: code, name: code }));
  return standInLanguages.map(({ code, name, formality }) => ({
    language: code,
    name,
    supports_formality: formality,
  }));
}

/** The body as fields; JSON is read the same way. Counted to the end, kept up to twice the limit. */
async function readForm(incoming: http.IncomingMessage) {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= 2 * limits.bodyBytes) kept.push(part);
  }
  const body = Buffer.concat(kept).toString("utf8");
  if (!incoming.headers["content-type"]?.includes("json")) {
    return { form: new URLSearchParams(body), bytes };
  }
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(JSON.parse(body) as Record<string, unknown>)) {
    for (const each of Array.isArray(value) ? value : [value]) form.append(name, String(each));
  }
  return { form, bytes };
}

function sendJson(response: http.ServerResponse, status: number, body?: unknown): void {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
