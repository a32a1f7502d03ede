import { createHash } from "node:crypto";
import type { AuthorizeRequest, Client, Grant, Provider } from "./provider";

const challenge = /^[\w-]{43}$/;
/** RFC 7636, 4.1. */
const verifier = /^[\w.~-]{43,128}$/;

/** What the provider knows of the product. */
export interface Registration {
  client: Client;
  redirectUri: string;
}

export type Checked<T, Error extends string = string> =
  | { ok: true; value: T }
  | { ok: false; error: Error; text: string };

const refuse = <E extends string>(error: E, text: string) =>
  ({ ok: false, error, text }) as { ok: false; error: E; text: string };

/**
 * An authorization request. `unknown_client` must not be answered with a redirect: the address
 * can't be trusted.
 */
export function checkAuthorize(
  provider: Provider,
  { client, redirectUri }: Registration,
  params: URLSearchParams,
): Checked<AuthorizeRequest> {
  const names = [...params.keys()];
  if (params.get("client_id") !== client.id) return refuse("unknown_client", "unknown client_id");
  if (params.get("redirect_uri") !== redirectUri) {
    return refuse("unknown_client", `redirect_uri isn't ${redirectUri}`);
  }
  if (new Set(names).size < names.length) return refuse("invalid_request", "a parameter twice");
  if (params.get("response_type") !== "code") {
    return refuse("unsupported_response_type", "response_type isn't code");
  }
  const state = params.get("state") ?? "";
  if (state.length < 16) return refuse("invalid_request", "state is missing or too short");
  const codeChallenge = params.get("code_challenge") ?? "";
  if (params.get("code_challenge_method") !== "S256" || !challenge.test(codeChallenge)) {
    return refuse("invalid_request", "no S256 code_challenge");
  }
  const problem = provider.checkAuthorize(params);
  if (problem) return refuse("invalid_request", problem);
  return {
    ok: true,
    value: {
      redirectUri,
      state,
      codeChallenge,
      nonce: params.get("nonce") ?? undefined,
      scope: params.get("scope") ?? "",
      reauthentication: provider.asksAgain(params),
    },
  };
}

type TokenError = "invalid_client" | "invalid_grant" | "invalid_request";

/** A token request; takes the code out of use. */
export function checkToken(
  provider: Provider,
  { client }: Registration,
  call: { form: URLSearchParams; authorization: string | undefined; grant: Grant | undefined },
): Checked<Grant, TokenError> {
  const { form, authorization, grant } = call;
  const used = authorization !== undefined ? "basic" : "post";
  if (!provider.clientAuth.includes(used))
    return refuse("invalid_client", `secret sent by ${used}`);
  const shown = used === "basic" ? basicClient(authorization ?? "") : postedClient(form);
  if (shown?.id !== client.id || shown.secret !== client.secret) {
    return refuse("invalid_client", "wrong client or secret");
  }
  if (form.get("grant_type") !== "authorization_code") {
    return refuse("invalid_request", "grant_type isn't authorization_code");
  }
  if (!grant) return refuse("invalid_grant", "unknown code");
  if (grant.used) return refuse("invalid_grant", "used code");
  grant.used = true;
  if (grant.expiresAtMs < Date.now()) return refuse("invalid_grant", "expired code");
  if (form.get("redirect_uri") !== grant.request.redirectUri) {
    return refuse("invalid_grant", "another redirect_uri than before");
  }
  const proof = form.get("code_verifier") ?? "";
  const proven = createHash("sha256").update(proof).digest("base64url");
  if (!verifier.test(proof) || proven !== grant.request.codeChallenge) {
    return refuse("invalid_grant", "code_verifier doesn't fit");
  }
  return { ok: true, value: grant };
}

function postedClient(form: URLSearchParams): Client {
  return { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
}

/** RFC 6749, 2.3.1: both parts are form-encoded first. */
function basicClient(authorization: string): Client | undefined {
  const [scheme, value = ""] = authorization.split(" ");
  if (scheme?.toLowerCase() !== "basic") return undefined;
  const [id = "", secret = ""] = Buffer.from(value, "base64").toString("utf8").split(":");
  const decode = (text: string) => new URLSearchParams(`v=${text}`).get("v") ?? "";
  return { id: decode(id), secret: decode(secret) };
}
