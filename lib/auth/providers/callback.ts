import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import {
  authConfig,
  checkCookieName,
  checkCookieOptions,
  checkCookies,
  type ProviderHooks,
  type ProviderSettings,
} from "./config";
import { type RefusalReason, refusalReason } from "./refusal";

/** Nothing was finished. */
export interface Refused {
  ok: false;
  reason: RefusalReason;
  error: unknown;
}

export type CallbackOutcome =
  /** Where `finish` sends the person, a path of ours. */
  { ok: true; path: string } | Refused;

/**
 * Somebody comes back from a provider: everything that next-auth checks, then `finish`. Only what
 * `finish` answered counts; next-auth's own pages and cookies go nowhere.
 * @param request as it arrived
 * @param origin the product's public address
 */
export async function runCallback(
  request: Request,
  origin: string,
  settings: ProviderSettings,
  finish: ProviderHooks["finish"],
): Promise<CallbackOutcome> {
  let failure: Error | undefined;
  let path: string | undefined;
  const config = authConfig(settings, {
    failed: (error) => {
      failure ??= error;
    },
    finish: async (profile) => {
      path = await finish(profile);
      return path;
    },
  });
  const { pathname, search, searchParams } = new URL(request.url);
  // Behind a proxy the request names another host than the one that the provider sent it to. Only
  // the cookies go on: some of next-auth's answers depend on further headers.
  const own = new NextRequest(new URL(`${pathname}${search}`, origin), {
    method: request.method,
    headers: { cookie: request.headers.get("cookie") ?? "" },
  });
  try {
    await NextAuth(() => config).handlers.GET(own);
  } catch (error) {
    failure ??= error instanceof Error ? error : new Error("unknown", { cause: error });
  }
  if (!failure && path !== undefined && isOwnPath(path)) return { ok: true, path };
  const error = failure ?? new Error("the way back from the provider led nowhere");
  return { ok: false, reason: refusalReason(error, searchParams.get("error")), error };
}

/** Takes the cookies of one way to a provider away: each is good for one. */
export function clearedCookies(secure: boolean): string[] {
  const { path } = checkCookieOptions(secure);
  const ending = `Path=${path}; Max-Age=0; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  const names = Object.keys(checkCookies) as (keyof typeof checkCookies)[];
  return names.map((name) => `${checkCookieName(name, secure)}=; ${ending}`);
}

function isOwnPath(path: string): boolean {
  return path.startsWith("/") && URL.parse(path, "http://self.invalid")?.host === "self.invalid";
}
