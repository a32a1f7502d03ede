import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "jose";

const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

/**
 * The claims of a Google ID token whose signature, issuer, audience and times are right. next-auth
 * checks all but the signature: it trusts the connection (OpenID Connect Core, 3.1.3.7). Its nonce
 * is next-auth's to check.
 * @throws {Error} of jose, with a code that starts with ERR_J
 */
export async function verifiedClaims(
  idToken: string,
  expected: { issuer: string; keys: string; clientId: string },
): Promise<JWTPayload> {
  const known = keySets.get(expected.keys);
  const keySet = known ?? createRemoteJWKSet(new URL(expected.keys));
  keySets.set(expected.keys, keySet);
  const { payload } = await jwtVerify(idToken, keySet, {
    issuer: expected.issuer,
    audience: expected.clientId,
    algorithms: ["RS256"],
    requiredClaims: ["sub", "exp", "iat"],
  });
  return payload;
}
