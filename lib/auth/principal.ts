import "server-only";
import { headers } from "next/headers";
import { connection } from "next/server";
import { cache } from "react";
import type { AccountView } from "@/lib/accounts/schema";
import { getAccount } from "@/lib/accounts/service";
import { AppError } from "@/lib/errors";
import { verifyAccessToken } from "./access-token";
import { currentCaller } from "./caller";
import { setSessionCookies } from "./cookie-session";
import { readCookie } from "./cookies";
import { isLive, sessionLimits, touchEveryMs } from "./policy";
import { renewSession } from "./renewal";
import { findSession, touchSession } from "./repo";

/** Who is calling. */
export interface Principal {
  userId: string;
  sessionId: string;
  /** browser: by cookie; api: by a token in the Authorization header. */
  kind: "browser" | "api";
  /** When they last proved who they are; null asks before anything sensitive. */
  authenticatedAt: Date | null;
  /** Tries the product without an account. */
  visitor: boolean;
  /** May see what concerns the house. */
  operator: boolean;
}

/**
 * Who an access token speaks for while its sign-in lives; the row decides, so that ending it holds
 * at once and not when the token runs out. Being asked for prolongs it.
 */
export async function principalOf(
  accessToken: string | undefined,
  nowMs = Date.now(),
): Promise<Principal | undefined> {
  const claims = accessToken ? await verifyAccessToken(accessToken, nowMs) : undefined;
  const session = claims && (await findSession(claims.sessionId));
  if (!session || session.userId !== claims.userId || !isLive(session, nowMs)) return undefined;
  if (nowMs - session.lastSeenAt.getTime() > touchEveryMs) {
    const { idleMs } = sessionLimits(session.remember);
    const idleExpiresAt = new Date(nowMs + idleMs);
    await touchSession(undefined, { id: session.id, seenAt: new Date(nowMs), idleExpiresAt });
  }
  const { userId, id: sessionId, authenticatedAt, user } = session;
  const kind = session.kind === "api" ? "api" : "browser";
  return { userId, sessionId, authenticatedAt, kind, ...user };
}

async function bearerToken(): Promise<string | undefined> {
  const header = (await headers()).get("authorization") ?? "";
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header)?.[1];
}

/** The live sign-in behind this request, if any. */
export const currentPrincipal = cache(async (): Promise<Principal | undefined> => {
  // A live sign-in depends on the clock: never in a prerender, nor in the per-session one that
  // Next makes for links.
  await connection();
  return principalOf((await bearerToken()) ?? (await readCookie("access")));
});

/**
 * The same in a route handler, which may set cookies: a browser whose access token has run out is
 * renewed on the way, so that pictures, streams and downloads never meet a closed door.
 */
export async function renewedPrincipal(): Promise<Principal | undefined> {
  const bearer = await bearerToken();
  if (bearer) return principalOf(bearer);
  const principal = await principalOf(await readCookie("access"));
  const refreshToken = principal ? undefined : await readCookie("refresh");
  if (!refreshToken) return principal;
  try {
    const tokens = await renewSession({ refreshToken, caller: await currentCaller() });
    await setSessionCookies(tokens);
    return await principalOf(tokens.accessToken);
  } catch (error) {
    if (!AppError.is(error, "refresh_rejected")) throw error;
    // The cookies stay until a page is opened (`renewOnTheWay`). What a page still asks when its
    // sign-in gives way to a log-in is answered at any time: taking them then takes the new ones.
    return undefined;
  }
}

/** Who is signed in, for pages: an account, or a visitor who tries without one. */
export const currentUser = cache(async (): Promise<AccountView | undefined> => {
  const principal = await currentPrincipal();
  return principal ? getAccount(principal.userId) : undefined;
});

/** The account that is signed in: a visitor has none. */
export async function currentAccount(): Promise<AccountView | undefined> {
  const user = await currentUser();
  return user?.visitor ? undefined : user;
}
