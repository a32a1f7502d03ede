import "server-only";
import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import { sessionLimits } from "./policy";

/** Over https the `__Host-` name binds the cookie to this very host (RFC 6265bis, 4.1.3.2). */
export function sessionCookieName(): string {
  return isSecure() ? "__Host-ax2-session" : "ax2-session";
}

export function isSecure(): boolean {
  return env().APP_URL?.startsWith("https://") ?? false;
}

/** Lays the sign-in into the browser; without `remember` it goes when the browser closes. */
export async function setSessionCookie(session: {
  id: string;
  userId: string;
  remember: boolean;
}): Promise<void> {
  const name = sessionCookieName();
  const maxAge = sessionLimits(session.remember).absoluteMs / 1000;
  const token = { sub: session.userId, sid: session.id };
  const value = await encode({ token, secret: env().authSecret, salt: name, maxAge });
  const store = await cookies();
  store.set(name, value, {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(),
    path: "/",
    ...(session.remember && { maxAge }),
  });
}

export async function clearSessionCookie(): Promise<void> {
  const store = await cookies();
  store.set(sessionCookieName(), "", {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(),
    path: "/",
    maxAge: 0,
  });
}
