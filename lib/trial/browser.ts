import "server-only";
import type { Locale } from "@/lib/accounts/schema";
import { currentCaller } from "@/lib/auth/caller";
import { setSessionCookies } from "@/lib/auth/cookie-session";
import { clearCookies, readCookie, setCookie } from "@/lib/auth/cookies";
import { currentPrincipal, type Principal, renewedPrincipal } from "@/lib/auth/principal";
import { routes } from "@/lib/client/routes";
import { AppError } from "@/lib/errors";
import { claimTrial, claimView } from "./claim";
import { trialDeviceMs } from "./device";
import type { ClaimInput, ClaimView, TrialView } from "./schema";
import { startTrial, trialView } from "./service";

/** What pages and routes do for a browser that tries: the services, and the cookies with them. */

/**
 * Lets this browser try, or go on trying; nothing changes where it already does.
 * @throws {AppError} `trial_over` for somebody signed in to an account too; as `startTrial`
 */
export async function startTrialHere(
  locale: Locale,
): Promise<{ view: TrialView; created: boolean }> {
  const principal = await renewedPrincipal();
  if (principal && !principal.visitor) throw new AppError("trial_over");
  if (principal) return { view: await trialHere(principal), created: false };
  const trialCookie = await readCookie("trial");
  const started = await startTrial({ caller: await currentCaller(), trialCookie, locale });
  await setCookie("trial", started.trialCookie, trialDeviceMs);
  await setSessionCookies(started.tokens);
  if (started.created) await clearCookies("trial-kept");
  const view = await trialView({ trialCookie: started.trialCookie, principal: undefined });
  return { view, created: started.created };
}

/** What this browser has tried. */
export async function trialHere(principal?: Principal): Promise<TrialView> {
  const known = principal ?? (await currentPrincipal());
  return trialView({ trialCookie: await readCookie("trial"), principal: known });
}

/** What an account that is signed in here could take over. */
export async function claimHere(): Promise<ClaimView | undefined> {
  const principal = await currentPrincipal();
  return claimView(await readCookie("trial"), principal?.visitor ? undefined : principal?.userId);
}

/** @throws {AppError} as `claimTrial` */
export async function takeOverTrial(userId: string, seen: ClaimInput): Promise<void> {
  const trialCookie = await readCookie("trial");
  await claimTrial({ userId, trialCookie, seen, caller: await currentCaller() });
  await clearCookies("trial-kept");
}

/** Leaves what was tried where it is; the person may still ask for it. */
export function keepTrialApart(): Promise<void> {
  return setCookie("trial-kept", "1", trialDeviceMs);
}

/**
 * Where somebody goes who has just logged in on their way to `path`: by the question whether to
 * take over what this browser has tried, unless they have answered it.
 */
export async function afterLogIn(path: string): Promise<string> {
  if (await readCookie("trial-kept")) return path;
  return (await claimHere()) ? routes.claim(path) : path;
}
