import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { type Client, type Grant, givenEmail, lifetimeSeconds, type Provider } from "./provider";

const kid = "stand-in";

/** OpenID Connect as Google speaks it: discovery, RS256 ID tokens, JWKS, userinfo. */
export async function googleProvider(issuer: string, client: Client): Promise<Provider> {
  const [keys, otherKeys] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
  const jwk = { ...(await exportJWK(keys.publicKey)), kid, alg: "RS256", use: "sig" };
  const paths = { authorize: "/o/oauth2/v2/auth", token: "/token", profile: "/v1/userinfo" };

  return {
    name: "google",
    title: "Google",
    paths,
    clientAuth: ["basic", "post"],
    asksAgain: (params) => params.get("prompt") === "login" && params.get("max_age") === "0",
    checkAuthorize: (params) => {
      if (!params.get("nonce")) return "nonce is missing";
      const scopes = (params.get("scope") ?? "").split(" ");
      return scopes.includes("openid") ? undefined : "scope has no openid";
    },
    tokenAnswer: async (grant, accessToken) => ({
      status: 200,
      body: {
        access_token: accessToken,
        expires_in: lifetimeSeconds(grant),
        scope: grant.request.scope,
        token_type: "Bearer",
        id_token: await idToken(grant),
      },
    }),
    tokenError: (error, text) => ({
      status: error === "invalid_client" ? 401 : 400,
      body: { error, error_description: text },
    }),
    profileAnswer: (grant) => ({ status: 200, body: claims(grant) }),
    profileError: {
      status: 401,
      body: { error: "invalid_request", error_description: "Invalid Credentials" },
    },
    documents: {
      "/.well-known/openid-configuration": async () => ({
        issuer,
        authorization_endpoint: `${issuer}${paths.authorize}`,
        token_endpoint: `${issuer}${paths.token}`,
        userinfo_endpoint: `${issuer}${paths.profile}`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
        scopes_supported: ["openid", "email", "profile"],
        token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
        code_challenge_methods_supported: ["S256"],
        grant_types_supported: ["authorization_code"],
      }),
      "/jwks": async () => ({ keys: [jwk] }),
    },
  };

  function idToken(grant: Grant): Promise<string> {
    const { fault, request } = grant;
    const nowSeconds = Math.floor(Date.now() / 1000);
    const issuedAt = fault === "expired_token" ? nowSeconds - 7200 : nowSeconds;
    return new SignJWT({
      ...claims(grant),
      nonce: fault === "wrong_nonce" ? "another-nonce" : request.nonce,
      azp: client.id,
      ...(request.reauthentication && { auth_time: nowSeconds }),
    })
      .setProtectedHeader({ alg: "RS256", kid, typ: "JWT" })
      .setIssuer(fault === "wrong_issuer" ? "https://issuer.invalid" : issuer)
      .setAudience(fault === "wrong_audience" ? "another-client" : client.id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + 3600)
      .sign(fault === "forged_token" ? otherKeys.privateKey : keys.privateKey);
  }
}

function claims(grant: Grant) {
  const { person, fault } = grant;
  const email = givenEmail(grant);
  return {
    sub: person.subject,
    name: person.name,
    picture: "https://lh3.googleusercontent.invalid/a/stand-in",
    ...(email !== undefined && {
      email,
      email_verified: person.emailVerified && fault !== "unverified_email",
    }),
  };
}
