import "server-only";
import { cookies } from "next/headers";
import { type Locale, localeCookie } from "@/i18n/routing";
import { randomToken } from "@/lib/seal";
import {
  clearCookies,
  cookieName,
  cookieOptions,
  isSecure,
  readCookie,
  setCookie,
} from "./cookies";
import { knownDeviceMs } from "./policy";
import type { SessionTokens } from "./sessions";

/**
 * The cookies that hold a sign-in. Without "keep me logged in" they go when the browser closes;
 * the refresh token's own life is kept on the server either way.
 */
export function sessionCookies(tokens: SessionTokens, nowMs = Date.now()) {
  const keptMs = tokens.remember ? tokens.endsAtMs - nowMs : undefined;
  return [
    { name: cookieName("access"), value: tokens.accessToken, options: cookieOptions(keptMs) },
    { name: cookieName("refresh"), value: tokens.refreshToken, options: cookieOptions(keptMs) },
  ];
}

/** Lays a sign-in into the browser. */
export async function setSessionCookies(tokens: SessionTokens): Promise<void> {
  const store = await cookies();
  for (const { name, value, options } of sessionCookies(tokens)) store.set(name, value, options);
}

export function clearSessionCookies(): Promise<void> {
  return clearCookies("access", "refresh");
}

/** What this browser is known by; given to it when it has nothing yet. */
export async function ensureDeviceCookie(): Promise<string> {
  const token = (await readCookie("device")) ?? randomToken();
  await setCookie("device", token, knownDeviceMs);
  return token;
}

/** A browser in which nobody has chosen a language takes the account's. */
export async function adoptLanguage(locale: Locale): Promise<void> {
  const store = await cookies();
  const { name, maxAge } = localeCookie;
  if (store.has(name)) return;
  store.set(name, locale, { path: "/", sameSite: "lax", maxAge, secure: isSecure() });
}
