import { AppError, isErrorCode } from "@/lib/errors";

/** A signed-in caller of the product's API. */
export interface Session {
  url: string;
  /** What a request must send as `cookie` to be this caller's. */
  cookie(): string;
  /** `fetch` for paths of the product, with the sign-in. */
  fetch: typeof fetch;
  /** A JSON call. @throws {AppError} with the answer's code */
  call<T>(path: string, options?: { method?: string; body?: unknown }): Promise<T>;
}

/**
 * Signs in, or makes the account first.
 * @throws {AppError} `credentials_rejected`, `email_taken`, `validation_failed`, ...
 */
export async function openSession(options: {
  url: string;
  email: string;
  password: string;
  signUp: boolean;
}): Promise<Session> {
  const { url, email, password } = options;
  let cookie = "";
  const withCookie: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (cookie) headers.set("cookie", cookie);
    const target = typeof input === "string" ? new URL(input, url) : input;
    return fetch(target, { ...init, headers });
  };
  const call: Session["call"] = async (path, { method, body } = {}) => {
    const response = await withCookie(path, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    });
    const set = response.headers.getSetCookie().map((line) => line.split(";")[0]);
    if (set.length > 0) cookie = set.join("; ");
    if (!response.ok) throw await problem(response);
    return response.status === 204 ? undefined : await response.json();
  };
  if (options.signUp) {
    const name = email.split("@")[0] ?? email;
    await call("/api/v1/auth/sign-up", { body: { email, password, name } });
  } else {
    await call("/api/v1/auth/log-in", { body: { email, password } });
  }
  return { url, cookie: () => cookie, fetch: withCookie, call };
}

async function problem(response: Response): Promise<AppError> {
  const body = (await response.json().catch(() => ({}))) as {
    code?: string;
    errors?: { path: string; message: string }[];
  };
  const code = body.code && isErrorCode(body.code) ? body.code : "internal";
  return new AppError(code, {
    detail: `status ${response.status}`,
    ...(body.errors && { fields: body.errors }),
  });
}
