import http from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, systemClock } from "@/lib/clock";
import { type ApiOutcome, callApi } from "./api";
import { browserScript } from "./browser-script";
import { control } from "./control";
import { openJournal } from "./journal";
import { notFoundPage } from "./pages";
import { type ApiAnswer, refusal } from "./refusals";
import { Sandbox } from "./sandbox";
import { localeOf } from "./texts";
import { decide, openWindow, showReceipt, showWindow, type WindowAnswer } from "./window";

/**
 * Toss Payments on loopback, in which no money moves: its core API under `/v1`, a browser script
 * for the real SDK at `/v2/standard`, a payment window, receipts, webhooks, and a control API for
 * tests (`control.ts`).
 */
export interface SandboxServerOptions {
  clientKey: string;
  secretKey: string;
  /** Where the product is, e.g. http://localhost:3000: payers are sent back there and only there. */
  appUrl: string;
  /** Where webhooks go; left out: nowhere. */
  webhookUrl?: string | undefined;
  /** Default: a free one. */
  port?: number;
  /** File of what happened; left out: forgotten at the end. */
  journalFile?: string | undefined;
  clock?: Clock;
}

export interface SandboxServer {
  /** For TOSS_API_URL, without a slash at the end. */
  url: string;
  /** For TOSS_SDK_URL. */
  sdkUrl: string;
  sandbox: Sandbox;
  close(): Promise<void>;
}

const maxBodyBytes = 64 * 1024;
/** How often it looks whose time is over and which webhooks are due. */
const tickMs = 500;

export async function startSandbox(options: SandboxServerOptions): Promise<SandboxServer> {
  const { clientKey, secretKey, webhookUrl, journalFile, clock = systemClock } = options;
  const journal = openJournal(journalFile);
  const appOrigins = originsOf(options.appUrl);
  const sandbox = new Sandbox({ clientKey, secretKey, appOrigins, webhookUrl, journal, clock });
  const server = http.createServer((incoming, response) => {
    handle(sandbox, incoming, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      if (response.headersSent) response.destroy();
      else sendJson(response, refusal("COMMON_ERROR"));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  sandbox.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const timer = setInterval(() => sandbox.tick(), tickMs);
  return {
    url: sandbox.origin,
    sdkUrl: `${sandbox.origin}/v2/standard`,
    sandbox,
    close: () =>
      new Promise((resolve) => {
        clearInterval(timer);
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** On this machine both names of the loopback are the product. */
function originsOf(appUrl: string): string[] {
  const url = new URL(appUrl);
  const twin = { localhost: "127.0.0.1", "127.0.0.1": "localhost" }[url.hostname];
  if (!twin) return [url.origin];
  return [url.origin, url.origin.replace(url.hostname, twin)];
}

async function handle(
  sandbox: Sandbox,
  incoming: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const url = new URL(incoming.url ?? "/", "http://sandbox");
  const method = incoming.method ?? "GET";
  const text = await readText(incoming);
  if (text === undefined) return sendJson(response, refusal("INVALID_REQUEST"));
  const { pathname: path, searchParams: query } = url;
  if (path.startsWith("/v1/")) {
    if (!isAuthorized(sandbox, incoming)) return sendJson(response, refusal("UNAUTHORIZED_KEY"));
    const idempotencyKey = header(incoming, "idempotency-key");
    const testCode = header(incoming, "tosspayments-test-code");
    const call = { method, path, query, body: json(text), idempotencyKey, testCode };
    return sendOutcome(response, await callApi(sandbox, call));
  }
  if (path.startsWith("/sandbox/")) {
    if (!isAuthorized(sandbox, incoming)) return sendJson(response, refusal("UNAUTHORIZED_KEY"));
    const rest = path.slice("/sandbox/".length);
    return sendJson(
      response,
      await control(sandbox, { method, path: rest, query, body: json(text) }),
    );
  }
  if (method === "GET" && path === "/v2/standard") {
    return send(response, 200, "text/javascript", browserScript(sandbox.origin));
  }
  if (path === "/window") return register(sandbox, { incoming, response, text });
  const locale = localeOf(header(incoming, "accept-language"));
  const [, room = "", id = ""] = path.split("/");
  sendWindow(sandbox, response, answerPage(sandbox, { method, room, id, text, locale }));
}

function answerPage(
  sandbox: Sandbox,
  call: { method: string; room: string; id: string; text: string; locale: "ko" | "en" },
): WindowAnswer {
  const { method, room, id, text, locale } = call;
  switch (`${method} ${room}`) {
    case "GET window":
      return showWindow(sandbox, id, locale);
    case "POST window":
      return decide(sandbox, id, { form: new URLSearchParams(text), locale });
    case "GET receipts":
    case "GET cash-receipts": {
      const kind = room === "receipts" ? "receipts" : "cash-receipts";
      return showReceipt(sandbox, { key: id, kind, locale });
    }
    default:
      return { status: 404, html: notFoundPage(locale) };
  }
}

/** The one call that pages of another origin, the product's, make. */
function register(
  sandbox: Sandbox,
  call: { incoming: http.IncomingMessage; response: http.ServerResponse; text: string },
): void {
  const { incoming, response, text } = call;
  const origin = header(incoming, "origin") ?? "";
  if (sandbox.options.appOrigins.includes(origin)) {
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-allow-headers", "content-type");
    response.setHeader("access-control-max-age", "600");
    response.setHeader("vary", "origin");
  }
  if (incoming.method === "OPTIONS") response.writeHead(204).end();
  else sendWindow(sandbox, response, openWindow(sandbox, json(text)));
}

function isAuthorized(sandbox: Sandbox, incoming: http.IncomingMessage): boolean {
  const expected = Buffer.from(`${sandbox.options.secretKey}:`).toString("base64");
  return incoming.headers.authorization === `Basic ${expected}`;
}

function header(incoming: http.IncomingMessage, name: string): string | undefined {
  const value = incoming.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Undefined when it is too long. */
async function readText(incoming: http.IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sendOutcome(response: http.ServerResponse, outcome: ApiOutcome): void {
  // `hang` leaves it open: it ends with the client's patience.
  if (outcome === "reset") response.destroy();
  else if (outcome === "garbage") send(response, 200, "text/html", "<!doctype html>");
  else if (outcome !== "hang") sendJson(response, outcome);
}

function sendWindow(sandbox: Sandbox, response: http.ServerResponse, answer: WindowAnswer): void {
  response.setHeader("referrer-policy", "no-referrer");
  if ("redirect" in answer) {
    response.writeHead(303, { location: answer.redirect, "cache-control": "no-store" }).end();
  } else if ("json" in answer) {
    sendJson(response, { status: answer.status, body: answer.json });
  } else {
    // Chromium holds `form-action` against redirects too.
    const targets = ["'self'", ...sandbox.options.appOrigins].join(" ");
    response.setHeader(
      "content-security-policy",
      `default-src 'none'; style-src 'unsafe-inline'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
    );
    send(response, answer.status, "text/html", answer.html);
  }
}

function sendJson(response: http.ServerResponse, { status, body }: ApiAnswer): void {
  send(response, status, "application/json", JSON.stringify(body));
}

function send(response: http.ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
