import "server-only";
import { cookies } from "next/headers";
import { type Locale, localeCookie } from "@/i18n/routing";
import { routes } from "@/lib/client/routes";
import { AppError } from "@/lib/errors";
import { afterLogIn } from "@/lib/trial/browser";
import { renewBrowser, takePassed } from "./browser";
import { currentCaller } from "./caller";
import { clearCookies, readCookie, setCookie } from "./cookies";
import { tokenLifeMs } from "./policy";
import { renewedPrincipal } from "./principal";
import { finishProviderFlow, issueIntent } from "./provider-outcome";
import { configuredProviders } from "./providers/catalog";
import { startProviderSignIn } from "./providers/next-auth";
import type { ProviderProfile } from "./providers/profile";
import type { ProviderId, StartProviderInput } from "./schema";

/**
 * Sends the browser on its way to an identity provider: answers the address to go to.
 * @param input `locale`: that of the page, for an account that begins here
 * @throws {AppError} `provider_unavailable`, `unauthenticated`, `reauthentication_required`,
 * `rate_limited`
 */
export async function startProvider(
  input: StartProviderInput & { provider: ProviderId; locale?: Locale },
): Promise<{ url: string }> {
  const { provider, intent } = input;
  if (!configuredProviders().includes(provider)) throw new AppError("provider_unavailable");
  const caller = await currentCaller();
  const principal = await renewedPrincipal();
  const chosen = (await cookies()).get(localeCookie.name)?.value;
  const locale = input.locale ?? (chosen === "en" ? "en" : "ko");
  const token = await issueIntent({ input: { ...input, locale }, principal, caller });
  await setCookie("intent", token, tokenLifeMs.provider_intent);
  const reauthenticate = intent === "reauthenticate";
  return {
    url: await startProviderSignIn({ provider, redirectTo: routes.home(), reauthenticate }),
  };
}

/**
 * Where the browser goes when a provider has vouched for somebody; signs them in on the way when
 * that is what they went for. Never throws for what a person can do something about.
 */
export async function finishProvider(profile: ProviderProfile): Promise<string> {
  const intent = await readCookie("intent");
  await clearCookies("intent");
  const principal = await renewedPrincipal();
  const caller = await currentCaller();
  try {
    const finished = await finishProviderFlow({ profile, intent, caller, principal });
    if ("signUp" in finished) {
      await setCookie("sign-up", finished.signUp, tokenLifeMs.sign_up);
      return routes.signUpFinish();
    }
    if (!("passed" in finished)) {
      await renewBrowser(caller);
      return finished.path;
    }
    const { secondFactor } = await takePassed(finished.passed);
    return secondFactor ? routes.loginCode(finished.path) : await afterLogIn(finished.path);
  } catch (error) {
    if (!AppError.is(error)) throw error;
    const back = principal ? routes.settingsSecurity() : routes.login();
    return `${back}?problem=${error.code}`;
  }
}
