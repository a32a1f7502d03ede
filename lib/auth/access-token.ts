import "server-only";
import { errors, jwtVerify, SignJWT } from "jose";
import { env } from "@/lib/env";
import { isId, newId } from "@/lib/ids";
import { accessTokenMs } from "./policy";
import { currentSigningKey, signingAlgorithm, verificationKey } from "./signing-keys";

/** RFC 9068: says that this is an access token and nothing else. */
const tokenType = "at+jwt";
const audience = "ax2-caption";
/** Servers' clocks may differ by this much, in seconds. */
const clockToleranceS = 5;

function issuer(): string {
  return env().APP_URL ?? "http://localhost";
}

export interface AccessClaims {
  userId: string;
  sessionId: string;
}

/** A signed token good for ten minutes, or for as long as its sign-in when that is shorter. */
export async function signAccessToken(
  claims: AccessClaims & { methods: string[]; endsAtMs: number },
  nowMs = Date.now(),
): Promise<{ token: string; expiresAtMs: number }> {
  const { kid, key } = await currentSigningKey(nowMs);
  const expiresAtMs = Math.min(nowMs + accessTokenMs, claims.endsAtMs);
  const token = await new SignJWT({ sid: claims.sessionId, amr: claims.methods, scope: "account" })
    .setProtectedHeader({ alg: signingAlgorithm, kid, typ: tokenType })
    .setIssuer(issuer())
    .setAudience(audience)
    .setSubject(claims.userId)
    .setJti(newId(nowMs))
    .setIssuedAt(Math.floor(nowMs / 1000))
    .setExpirationTime(Math.floor(expiresAtMs / 1000))
    .sign(key);
  return { token, expiresAtMs };
}

/**
 * Who a token speaks for; undefined when it isn't ours, was changed, is of another kind or is
 * over. Whether its sign-in still lives is for the caller to look up.
 */
export async function verifyAccessToken(
  token: string,
  nowMs = Date.now(),
): Promise<AccessClaims | undefined> {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid ? await verificationKey(kid, nowMs) : undefined;
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        algorithms: [signingAlgorithm],
        typ: tokenType,
        issuer: issuer(),
        audience,
        clockTolerance: clockToleranceS,
        currentDate: new Date(nowMs),
        requiredClaims: ["exp", "sub", "sid", "jti"],
      },
    );
    const { sub, sid } = payload;
    if (typeof sub !== "string" || typeof sid !== "string" || !isId(sub) || !isId(sid)) return;
    return { userId: sub, sessionId: sid };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
}
