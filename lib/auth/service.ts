import "server-only";
import { cookies, headers } from "next/headers";
import { connection } from "next/server";
import { cache } from "react";
import type { AccountView, LogInInput, SignUpInput } from "@/lib/accounts/schema";
import { checkCredentials, createAccount, getAccount } from "@/lib/accounts/service";
import { env } from "@/lib/env";
import { clientNetwork } from "@/lib/http/client-address";
import { assertWithinRate, countCall } from "@/lib/http/rate";
import { newId } from "@/lib/ids";
import { clearSessionCookie, sessionCookieName, setSessionCookie } from "./cookie";
import { livePrincipal, type Principal } from "./live-session";
import { auth } from "./next-auth";

import { sessionLimits } from "./policy";
import { insertSession, revokeSession } from "./repo";

/**
 * How often one network may try to sign up and log in, and one account be tried. Pages and API
 * come through here alike.
 */
const rates = {
  signUp: { limit: 30, windowMs: 3_600_000 },
  logIn: { limit: 50, windowMs: 900_000 },
  /** Wrong passwords only: the owner may come and go. */
  failedLogIn: { limit: 10, windowMs: 900_000 },
  /** Of everybody together where networks can't be told apart: a password hash costs 15 ms. */
  signUpOfAll: { limit: 600, windowMs: 3_600_000 },
};

async function countNetwork(name: "signUp" | "logIn"): Promise<void> {
  const who = clientNetwork(await headers(), env().TRUSTED_PROXY_HOPS ?? 0);
  if (who) await countCall({ name, who, rate: rates[name] });
  else if (name === "signUp") {
    await countCall({ name: "signUpOfAll", who: "all", rate: rates.signUpOfAll });
  }
}

/**
 * Makes the account and signs it in on this device.
 * @throws {AppError} `email_taken`, `rate_limited`
 */
export async function signUp(input: SignUpInput): Promise<AccountView> {
  await countNetwork("signUp");
  const account = await createAccount(input);
  await startSession({ userId: account.id, remember: false });
  return account;
}

/** @throws {AppError} `credentials_rejected`, `rate_limited` */
export async function logIn(input: LogInInput): Promise<AccountView | undefined> {
  await countNetwork("logIn");
  const failures = { name: "failedLogIn", who: input.email, rate: rates.failedLogIn };
  await assertWithinRate(failures);
  const { userId } = await checkCredentials(input).catch(async (error: unknown) => {
    await countCall(failures);
    throw error;
  });
  await startSession({ userId, remember: input.remember });
  return getAccount(userId);
}

/** Ends the sign-in on the server and takes the cookie away. */
export async function logOut(): Promise<void> {
  const principal = await currentPrincipal();
  if (principal) await revokeSession(principal.sessionId, new Date(), "logout");
  await clearSessionCookie();
}

async function startSession(options: { userId: string; remember: boolean }): Promise<void> {
  const { idleMs, absoluteMs } = sessionLimits(options.remember);
  const nowMs = Date.now();
  const session = { id: newId(), userId: options.userId, remember: options.remember };
  await insertSession({
    ...session,
    userAgent: ((await headers()).get("user-agent") ?? "").slice(0, 400),
    idleExpiresAt: new Date(nowMs + idleMs),
    absoluteExpiresAt: new Date(nowMs + absoluteMs),
  });
  await setSessionCookie(session);
}

/** The live sign-in behind this request, if any; the row decides, not the cookie. */
export const currentPrincipal = cache(async (): Promise<Principal | undefined> => {
  // A live sign-in depends on the clock and next-auth draws random numbers: never in a prerender,
  // nor in the per-session one that Next makes for links.
  await connection();
  const store = await cookies();
  if (!store.has(sessionCookieName())) return undefined;
  const cookie = (await auth()) as { sid?: unknown; userId?: unknown } | null;
  return livePrincipal(cookie);
});

/** The account that is signed in, for pages. */
export const currentUser = cache(async (): Promise<AccountView | undefined> => {
  const principal = await currentPrincipal();
  return principal ? getAccount(principal.userId) : undefined;
});
