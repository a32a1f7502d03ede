import "server-only";
import { cookies } from "next/headers";
import { env } from "@/lib/env";

/**
 * The cookies of signing in. All are httpOnly, SameSite=Lax (identity providers send people back
 * by a plain navigation) and hold nothing that says anything by itself.
 */
export type AuthCookie =
  /** The access token of this browser. */
  | "access"
  /** The refresh token of this browser. */
  | "refresh"
  /** By which an account knows this browser again. */
  | "device"
  /** A log-in that waits for its second factor. */
  | "challenge"
  /** A sign-up that waits for its mail to be opened. */
  | "sign-up"
  /** A way to an identity provider and what it is for. */
  | "intent"
  /** A browser that tried without an account (lib/trial/device.ts). */
  | "trial"
  /** What it tried was not to be taken over: not to be asked by itself. */
  | "trial-kept";

export function isSecure(): boolean {
  return env().APP_URL?.startsWith("https://") ?? false;
}

/** Over https the `__Host-` name binds the cookie to this very host (RFC 6265bis, 4.1.3.2). */
export function cookieName(cookie: AuthCookie): string {
  return isSecure() ? `__Host-ax2-${cookie}` : `ax2-${cookie}`;
}

/** Without `maxAgeMs` it goes when the browser closes. */
export function cookieOptions(maxAgeMs?: number) {
  return {
    httpOnly: true,
    sameSite: "lax" as const,
    secure: isSecure(),
    path: "/",
    ...(maxAgeMs !== undefined && { maxAge: Math.floor(maxAgeMs / 1000) }),
  };
}

export async function readCookie(cookie: AuthCookie): Promise<string | undefined> {
  return (await cookies()).get(cookieName(cookie))?.value || undefined;
}

/** Only in a route handler or a server action: a page can't set cookies. */
export async function setCookie(
  cookie: AuthCookie,
  value: string,
  maxAgeMs?: number,
): Promise<void> {
  (await cookies()).set(cookieName(cookie), value, cookieOptions(maxAgeMs));
}

export async function clearCookies(...names: AuthCookie[]): Promise<void> {
  const store = await cookies();
  for (const name of names) store.set(cookieName(name), "", cookieOptions(0));
}
