import "server-only";
import { headers } from "next/headers";
import NextAuth from "next-auth";
import type { Whence } from "@/lib/audit/schema";
import { recordAudit } from "@/lib/audit/service";
import { routes } from "@/lib/client/routes";
import { env } from "@/lib/env";
import { AppError, type ErrorCode } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { log } from "@/lib/log";
import { currentCaller, whence } from "../caller";
import { clearCookies, isSecure } from "../cookies";
import { renewedPrincipal } from "../principal";
import { type ProviderId, providerSchema } from "../schema";
import { clearedCookies, type Refused, runCallback } from "./callback";
import { configuredProviders, providerApp } from "./catalog";
import { authConfig, type ProviderHooks, type ProviderSettings } from "./config";
import { askAgain } from "./endpoints";
import { innerError, refusalFacts } from "./refusal";

/** Each coming back costs calls to the provider and, refused, a line in the audit log. */
const callbackRate = { limit: 60, windowMs: 900_000 };

/**
 * Begins a way to a provider: sets the cookies that bind its answer to this browser.
 * @returns where to send the browser
 * @throws {AppError} `provider_unavailable`, `provider_failed`
 */
export async function startProviderSignIn(options: {
  provider: ProviderId;
  /** Path to fall back to; where a way really ends is what `finishProvider` answers. */
  redirectTo: string;
  /** The person must prove to the provider again who they are. */
  reauthenticate: boolean;
}): Promise<string> {
  const { provider, redirectTo, reauthenticate } = options;
  if (!providerApp(provider)) throw new AppError("provider_unavailable");
  let failure: Error | undefined;
  const hooks = {
    finish: async () => redirectTo,
    failed: (error: Error) => {
      failure = error;
    },
  };
  const { signIn } = NextAuth(() => authConfig(settings(), hooks));
  const params = {
    redirect_uri: `${publicOrigin(await headers())}/api/auth/callback/${provider}`,
    ...(reauthenticate && askAgain[provider]),
  };
  const url: unknown = await signIn(provider, { redirect: false, redirectTo }, params).catch(
    (error: unknown) => {
      throw new AppError("provider_failed", { cause: error });
    },
  );
  if (failure || typeof url !== "string") {
    throw new AppError("provider_failed", { cause: failure });
  }
  return url;
}

/**
 * Somebody comes back from a provider. Answers with a redirect whatever happened; what went wrong
 * is told in words of ours only.
 * @param finish decides what their coming back is worth; answers the path to go to
 * @throws {AppError} `not_found` for a provider that isn't offered
 */
export async function answerProviderCallback(
  request: Request,
  name: string,
  finish: ProviderHooks["finish"],
): Promise<Response> {
  const provider = providerSchema.safeParse(name).data;
  if (!provider || !providerApp(provider)) throw new AppError("not_found");
  const caller = await currentCaller();
  const { network } = caller;
  try {
    if (network) await countCall({ name: "providerCallback", who: network, rate: callbackRate });
  } catch (error) {
    if (!AppError.is(error)) throw error;
    return leadTo(await problemPath(error.code));
  }
  const origin = publicOrigin(request.headers);
  const outcome = await runCallback(request, origin, settings(), finish);
  if (outcome.ok) return leadTo(outcome.path);
  await clearCookies("intent");
  return leadTo(await problemPath(await noteRefusal(provider, whence(caller), outcome)));
}

/** Records why it was refused; answers what the person is told. */
async function noteRefusal(
  provider: ProviderId,
  from: Whence,
  { reason, error }: Refused,
): Promise<ErrorCode> {
  const ours = innerError(error);
  if (AppError.is(ours)) return ours.code;
  const { type, code } = refusalFacts(error);
  // Thrown by what we do with the answer, so that it is a defect of ours.
  const err = type === "AccessDenied" && reason === "other" ? ours : undefined;
  log("auth").warn({ provider, reason, type, code, err }, "provider refused");
  await recordAudit({
    name: "authn_provider_refused",
    level: reason === "denied" ? "info" : "warn",
    ...from,
    detail: { provider, reason },
  });
  return reason === "denied" ? "provider_denied" : "provider_failed";
}

/** Where they began: whoever is signed in was linking or proving something. */
async function problemPath(code: ErrorCode): Promise<string> {
  const back = (await renewedPrincipal()) ? routes.settingsSecurity() : routes.login();
  return `${back}?problem=${code}`;
}

function leadTo(path: string): Response {
  const answer = new Headers({
    location: path,
    "cache-control": "no-store",
    // The address at hand holds the provider's code.
    "referrer-policy": "no-referrer",
  });
  for (const cookie of clearedCookies(isSecure())) answer.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers: answer });
}

function settings(): ProviderSettings {
  const { authSecret, previousSecrets, IDENTITY_PROVIDERS_URL: standIns } = env();
  return {
    apps: Object.fromEntries(configuredProviders().map((each) => [each, providerApp(each)])),
    standIns,
    secrets: [authSecret, ...previousSecrets],
    secure: isSecure(),
  };
}

/** The address that is registered with the providers; one machine needs none set. */
function publicOrigin(sent: Headers): string {
  return new URL(env().APP_URL ?? `http://${sent.get("host")}`).origin;
}
