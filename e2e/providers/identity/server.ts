import http from "node:http";
import type { AddressInfo } from "node:net";
import { createFlow, type Flow, type FlowAnswer, type LogEntry } from "./flow";
import { googleProvider } from "./google";
import { kakaoProvider } from "./kakao";
import { naverProvider } from "./naver";
import { type Client, type Provider, type ProviderName, providerNames } from "./provider";

export type { LogEntry } from "./flow";
export type { Client, Fault, ProviderName } from "./provider";

/**
 * Google, Kakao and Naver on loopback, for tests: their protocols, their checks of what the
 * product sends, and their faults.
 *
 * The authorize page is a form. A test fills the fields "Subject", "E-mail" and "Name" (text), the
 * boxes "E-mail verified" (Google, Kakao) and "E-mail valid" (Kakao), chooses in "Fault" (a select,
 * by default `none`) and presses the button "Continue" or "Deny":
 *
 *   await page.getByLabel("Subject").fill("1234567890");       // digits for Kakao
 *   await page.getByLabel("E-mail", { exact: true }).fill("somebody@example.com");
 *   await page.getByLabel("E-mail verified").uncheck();
 *   await page.getByLabel("Fault").selectOption("wrong_nonce");
 *   await page.getByRole("button", { name: "Continue" }).click();
 *
 * Left alone the form describes a new person with an e-mail of their own that the provider vouches
 * for (Naver vouches for none). It says "The product asks for a new proof of who you are." when it
 * was asked for one. As each way through chooses its own fault, tests don't meet.
 *
 * GET /control/log answers `{ entries: LogEntry[] }`, GET /control/violations
 * `{ violations: string[] }`: everything that the product did against the protocol.
 */
export interface IdentityProviders {
  /** For IDENTITY_PROVIDERS_URL. */
  url: string;
  clients: Record<ProviderName, Client>;
  log: readonly LogEntry[];
  violations(): string[];
  /** Forgets the violations so far. */
  forget(): void;
  close(): Promise<void>;
}

export interface IdentityProvidersOptions {
  /** The product's address; only its callback addresses are registered. */
  appUrl: string;
  /** Default: one that is free. */
  port?: number;
  clients?: Partial<Record<ProviderName, Client>>;
}

const maxFormBytes = 64 * 1024;
/** Of a long run, so many entries are kept. */
const maxEntries = 5_000;

export async function startIdentityProviders(
  options: IdentityProvidersOptions,
): Promise<IdentityProviders> {
  const clients = { ...defaultClients(), ...options.clients };
  const log: LogEntry[] = [];
  const violations: string[] = [];
  const journal = {
    note: (entry: LogEntry) => void (log.push(entry) > maxEntries && log.shift()),
    violation: (name: ProviderName, text: string) => void violations.push(`${name}: ${text}`),
  };
  const places = new Map<string, { provider: Provider; flow: Flow }>();

  async function handle(incoming: http.IncomingMessage, response: http.ServerResponse) {
    const url = new URL(incoming.url ?? "/", "http://stand-in");
    const [, room = "", ...rest] = url.pathname.split("/");
    const path = `/${rest.join("/")}`;
    const form = await readForm(incoming);
    if (room === "control") return answerControl(response, path);
    const place = places.get(room);
    const answer = place && (await answerFlow(place, { url, path, form, incoming }));
    if (!answer) return send(response, 404, "text/plain", "Not found");
    if ("redirect" in answer) {
      return void response.writeHead(303, { location: answer.redirect }).end();
    }
    if ("html" in answer) return send(response, answer.status, "text/html", answer.html);
    return sendJson(response, answer.status, answer.body);
  }

  function answerControl(response: http.ServerResponse, path: string) {
    if (path === "/log") return sendJson(response, 200, { entries: log });
    if (path === "/violations") return sendJson(response, 200, { violations });
    return send(response, 404, "text/plain", "Not found");
  }

  const server = http.createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, "text/plain", String(error));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const google = await googleProvider(`${url}/google`, clients.google);
  for (const provider of [google, kakaoProvider, naverProvider]) {
    const redirectUri = `${options.appUrl}/api/auth/callback/${provider.name}`;
    const registration = { client: clients[provider.name], redirectUri };
    places.set(provider.name, { provider, flow: createFlow(provider, registration, journal) });
  }
  return {
    url,
    clients,
    log,
    violations: () => [...violations],
    forget: () => void violations.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Call {
  url: URL;
  /** Under the provider's own folder. */
  path: string;
  form: URLSearchParams;
  incoming: http.IncomingMessage;
}

async function answerFlow(
  { provider, flow }: { provider: Provider; flow: Flow },
  { url, path, form, incoming }: Call,
): Promise<FlowAnswer | undefined> {
  const { authorization } = incoming.headers;
  const document = provider.documents[path];
  switch (`${incoming.method} ${path}`) {
    case `GET ${provider.paths.authorize}`:
      return flow.authorize(url.searchParams, `/${provider.name}/decision`);
    case "POST /decision":
      return flow.decide(form);
    case `POST ${provider.paths.token}`:
      return flow.token(form, authorization);
    case `GET ${provider.paths.profile}`:
      return flow.profile(authorization);
    default:
      return document && { status: 200, body: await document() };
  }
}

function defaultClients(): Record<ProviderName, Client> {
  const entries = providerNames.map((name) => [
    name,
    { id: `${name}-stand-in-client`, secret: `${name}/stand-in+secret` },
  ]);
  return Object.fromEntries(entries) as Record<ProviderName, Client>;
}

async function readForm(incoming: http.IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of incoming) {
    text += chunk;
    if (text.length > maxFormBytes) throw new Error("the form is too large");
  }
  return new URLSearchParams(text);
}

function sendJson(response: http.ServerResponse, status: number, body: unknown): void {
  send(response, status, "application/json", JSON.stringify(body));
}

function send(response: http.ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}
