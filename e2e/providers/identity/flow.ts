import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { checkAuthorize, checkToken, type Registration } from "./checks";
import { authorizePage, personOf, problemPage } from "./page";
import {
  type Answer,
  type AuthorizeRequest,
  allFaults,
  type Fault,
  type Grant,
  type Person,
  type Provider,
  type ProviderName,
  slowMs,
} from "./provider";

/** One thing that was asked of a provider; holds no secrets, codes or tokens. */
export interface LogEntry {
  provider: ProviderName;
  step: "authorize" | "decision" | "token" | "profile";
  /** Who it was about, where that is known. */
  subject?: string;
  fault?: Fault;
  /** The product asked for a fresh proof. */
  reauthentication?: boolean;
  /** Why it was refused. */
  refused?: string;
}

export interface Journal {
  note(entry: LogEntry): void;
  /** What the product did wrong. */
  violation(provider: ProviderName, text: string): void;
}

export type FlowAnswer = Answer | { html: string; status: number } | { redirect: string };

const codeLifetimeMs = 60_000;
const token = () => randomBytes(24).toString("base64url");

/** The way through one provider: authorize page, decision, token, profile. */
export function createFlow(provider: Provider, registration: Registration, journal: Journal) {
  const { name } = provider;
  const waiting = new Map<string, AuthorizeRequest>();
  const grants = new Map<string, Grant>();
  const accessTokens = new Map<string, Grant>();

  function makeCode(request: AuthorizeRequest, person: Person, fault: Fault): string {
    const code = token();
    const expiresAtMs = Date.now() + codeLifetimeMs;
    grants.set(code, { request, person, fault, expiresAtMs, used: fault === "code_replay" });
    return code;
  }

  return {
    authorize(params: URLSearchParams, action: string): FlowAnswer {
      const checked = checkAuthorize(provider, registration, params);
      if (!checked.ok) {
        journal.violation(name, checked.text);
        journal.note({ provider: name, step: "authorize", refused: checked.text });
        const { error, text } = checked;
        if (error === "unknown_client") return { status: 400, html: problemPage(text) };
        const state = params.get("state");
        return backTo(registration.redirectUri, { error, error_description: text, state });
      }
      const request = checked.value;
      const ticket = token();
      waiting.set(ticket, request);
      const { reauthentication } = request;
      journal.note({ provider: name, step: "authorize", reauthentication });
      return { status: 200, html: authorizePage(provider, { action, ticket, request }) };
    },

    decide(form: URLSearchParams): FlowAnswer {
      const ticket = form.get("ticket") ?? "";
      const request = waiting.get(ticket);
      waiting.delete(ticket);
      if (!request) return { status: 400, html: problemPage("This form was already sent.") };
      const person = personOf(form);
      const fault = allFaults.find((each) => each === form.get("fault")) ?? "none";
      journal.note({ provider: name, step: "decision", subject: person.subject, fault });
      const state = sentState(request.state, fault);
      if (form.get("decision") !== "continue" || fault === "denied") {
        const error_description = "The person declined";
        return backTo(request.redirectUri, { error: "access_denied", error_description, state });
      }
      const code = makeCode(request, person, fault);
      return backTo(request.redirectUri, { code, state });
    },

    async token(form: URLSearchParams, authorization: string | undefined): Promise<Answer> {
      const grant = grants.get(form.get("code") ?? "");
      const checked = checkToken(provider, registration, { form, authorization, grant });
      const about = grant ? { subject: grant.person.subject, fault: grant.fault } : {};
      const entry: LogEntry = { provider: name, step: "token", ...about };
      if (!checked.ok) {
        journal.note({ ...entry, refused: checked.text });
        if (grant?.fault !== "code_replay") journal.violation(name, checked.text);
        return provider.tokenError(checked.error, checked.text);
      }
      journal.note(entry);
      const { fault } = checked.value;
      if (fault === "server_error") return { status: 500, body: { message: "Internal Error" } };
      if (fault === "slow") await wait(slowMs);
      const accessToken = token();
      if (fault !== "expired_token" && fault !== "forged_token") {
        accessTokens.set(accessToken, checked.value);
      }
      return provider.tokenAnswer(checked.value, accessToken);
    },

    profile(authorization: string | undefined): Answer {
      const grant = accessTokens.get(/^Bearer (\S+)$/i.exec(authorization ?? "")?.[1] ?? "");
      if (!grant) {
        journal.note({ provider: name, step: "profile", refused: "unknown access token" });
        return provider.profileError;
      }
      const { person, fault } = grant;
      journal.note({ provider: name, step: "profile", subject: person.subject, fault });
      return provider.profileAnswer(grant);
    },
  };
}

export type Flow = ReturnType<typeof createFlow>;

function sentState(state: string, fault: Fault): string | null {
  if (fault === "missing_state") return null;
  return fault === "wrong_state" ? `${state.slice(0, -8)}aaaaaaaa` : state;
}

function backTo(redirectUri: string, params: Record<string, string | null>): FlowAnswer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(params)) {
    if (value !== null) url.searchParams.set(name, value);
  }
  return { redirect: url.href };
}
