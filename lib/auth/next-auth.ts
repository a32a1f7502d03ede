import "server-only";
import NextAuth from "next-auth";
import { env } from "@/lib/env";
import { sessionCookieName } from "./cookie";

/**
 * next-auth reads and opens the session cookie and will carry the identity providers. What a
 * sign-in is worth is decided by our own session rows: the cookie only names one.
 */
export const { auth } = NextAuth(() => ({
  secret: env().authSecret,
  trustHost: true,
  session: { strategy: "jwt" as const },
  cookies: { sessionToken: { name: sessionCookieName() } },
  providers: [],
  callbacks: {
    session: ({ session, token }) => ({ ...session, sid: token.sid, userId: token.sub }),
  },
}));
