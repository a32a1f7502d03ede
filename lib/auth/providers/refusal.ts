/** Why somebody's coming back from a provider was refused, for the audit log. */
export type RefusalReason = "state" | "nonce" | "token" | "denied" | "other";

interface ErrorFacts {
  type: string;
  code: string;
  message: string;
  /** The claim of the ID token that is wrong. */
  claim: string;
}

/**
 * The class of a failure from next-auth's error. The texts are those of @auth/core 0.41 and
 * oauth4webapi 3; tests against the stand-ins hold them.
 * @param answered the `error` that the browser brought back, if any
 */
export function refusalReason(error: unknown, answered: string | null): RefusalReason {
  const outer = facts(error);
  const inner = facts(innerError(error));
  // With the right state: otherwise it would have been another error.
  if (outer.type === "OAuthCallbackError") return answered === "access_denied" ? "denied" : "other";
  // "state value could not be parsed" and the like: the cookie is missing, old or another's.
  if (outer.type === "InvalidCheck") return outer.message.startsWith("nonce") ? "nonce" : "state";
  if (/"state"/.test(inner.message)) return "state";
  if (inner.claim === "nonce" || /"nonce"/.test(inner.message)) return "nonce";
  if (/^(OAUTH_JWT_|OAUTH_RESPONSE_BODY_ERROR|ERR_J)/.test(inner.code)) return "token";
  // Naver refuses a code with status 200.
  if (/"access_token"/.test(inner.message)) return "token";
  return "other";
}

/** What may be logged of an error: classes and codes, never what the provider or browser sent. */
export function refusalFacts(error: unknown): Pick<ErrorFacts, "type" | "code"> {
  return { type: facts(error).type, code: facts(innerError(error)).code };
}

/** The error that next-auth wrapped, or the error itself. */
export function innerError(error: unknown): unknown {
  return field(field(error, "cause"), "err") ?? error;
}

function facts(error: unknown): ErrorFacts {
  const cause = field(error, "cause");
  return {
    type: text(field(error, "type")) || text(field(error, "name")),
    code: text(field(error, "code")),
    message: text(field(error, "message")),
    claim: text(field(cause, "claim")),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
