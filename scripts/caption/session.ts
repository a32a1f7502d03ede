import { setTimeout as sleep } from "node:timers/promises";
import type { TokenSet } from "@/lib/auth/schema";
import { AppError, isErrorCode } from "@/lib/errors";

/** A signed-in caller of the product's API. */
export interface Session {
  url: string;
  /** The `authorization` header of this caller, good for the next half minute at least. */
  authorization(): Promise<string>;
  /** `fetch` for paths of the product, with the sign-in. */
  fetch: typeof fetch;
  /** A JSON call. @throws {AppError} with the answer's code */
  call<T>(path: string, options?: { method?: string; body?: unknown }): Promise<T>;
}

export interface Credentials {
  url: string;
  email: string;
  password: string;
}

/** An access token is renewed this long before it runs out, in ms. */
const marginMs = 30_000;

/**
 * Logs in as a program: a token that is renewed as needed. Ends with its refresh token.
 * @throws {AppError} `credentials_rejected`, `second_factor_required`, ...
 */
export async function openSession(
  credentials: Credentials,
  /** Asked for the code where the second factor is on. */
  askCode?: () => Promise<string>,
): Promise<Session> {
  const { url } = credentials;
  let tokens = await logIn(credentials, askCode);
  let readAtMs = Date.now();
  let renewing: Promise<void> | undefined;

  const renew = async () => {
    const { refreshToken } = tokens;
    tokens = await send<TokenSet>(url, "/api/v1/auth/refresh", { body: { refreshToken } });
    readAtMs = Date.now();
  };
  const authorization = async () => {
    const leftMs = readAtMs + tokens.expiresIn * 1000 - Date.now();
    if (leftMs < marginMs) {
      renewing ??= renew().finally(() => {
        renewing = undefined;
      });
      await renewing;
    }
    return `Bearer ${tokens.accessToken}`;
  };
  const signedIn: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("authorization", await authorization());
    const target = typeof input === "string" ? new URL(input, url) : input;
    return fetch(target, { ...init, headers });
  };
  const call: Session["call"] = (path, options) => send(url, path, options, signedIn);
  return { url, authorization, fetch: signedIn, call };
}

async function logIn(
  { url, email, password }: Credentials,
  askCode?: () => Promise<string>,
): Promise<TokenSet> {
  try {
    const body = { email, password, remember: true };
    return await send<TokenSet>(url, "/api/v1/auth/token", { body });
  } catch (error) {
    if (!AppError.is(error, "second_factor_required") || !askCode) throw error;
    const body = { challenge: error.data?.challenge, code: await askCode() };
    return send<TokenSet>(url, "/api/v1/auth/token", { body });
  }
}

/** How long one waits for the mail to be opened: often at first, then every 20 s for ten minutes. */
const pauses = [...Array(10).fill(2_000), ...Array(30).fill(20_000)];

/**
 * Asks for an account and waits until the link in its mail has been opened.
 * @throws {AppError} `validation_failed`, `password_too_weak`, `email_unconfirmed`, ...
 */
export async function signUpAndWait(
  credentials: Credentials,
  say: (text: string) => void,
): Promise<void> {
  const { url, email, password } = credentials;
  const name = email.split("@")[0] ?? email;
  await send(url, "/api/v1/auth/sign-up", { body: { email, password, name, locale: "en" } });
  say(`Open the link in the mail to ${email} to go on. Without a mail server: ${url}/outbox`);
  for (const pauseMs of pauses) {
    await sleep(pauseMs);
    try {
      await logIn(credentials);
      return;
    } catch (error) {
      if (AppError.is(error, "second_factor_required")) return;
      if (!AppError.is(error, "email_unconfirmed")) throw error;
    }
  }
  throw new AppError("email_unconfirmed");
}

/** A JSON call. @throws {AppError} with the answer's code */
async function send<T>(
  url: string,
  path: string,
  { method, body }: { method?: string; body?: unknown } = {},
  by: typeof fetch = fetch,
): Promise<T> {
  const response = await by(new URL(path, url), {
    method: method ?? (body === undefined ? "GET" : "POST"),
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    }),
  });
  if (!response.ok) throw await problem(response);
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

async function problem(response: Response): Promise<AppError> {
  const body = (await response.json().catch(() => ({}))) as {
    code?: string;
    errors?: { path: string; message: string }[];
    data?: Record<string, unknown>;
  };
  const code = body.code && isErrorCode(body.code) ? body.code : "internal";
  return new AppError(code, {
    detail: `status ${response.status}`,
    ...(body.errors && { fields: body.errors }),
    ...(body.data && { data: body.data }),
  });
}
