import "server-only";
import type { AccountView } from "@/lib/accounts/schema";
import { getAccount } from "@/lib/accounts/service";
import { safeNextPath } from "@/lib/client/routes";
import { AppError } from "@/lib/errors";
import { randomToken } from "@/lib/seal";
import { type Caller, currentCaller, whence } from "./caller";
import { type Passed, passChallenge, passFirstFactor, pendingChallengeOf } from "./challenge";
import {
  adoptLanguage,
  clearSessionCookies,
  ensureDeviceCookie,
  setSessionCookies,
} from "./cookie-session";
import { clearCookies, readCookie, setCookie } from "./cookies";
import { checkPassword } from "./log-in";
import { readToken } from "./one-time-tokens";
import { tokenLifeMs } from "./policy";
import { type Principal, renewedPrincipal } from "./principal";
import { providerProfileSchema } from "./providers/profile";
import { reauthenticate as prove } from "./re-authentication";
import { renewSession, revokeByToken } from "./renewal";
import type {
  ConfirmSignUpInput,
  FinishSignUpInput,
  LogInInput,
  ProviderId,
  ReauthenticateInput,
  SignUpInput,
} from "./schema";
import { endSession, type SessionTokens } from "./sessions";
import {
  beginProviderSignUp,
  beginSignUp,
  finishSignUp,
  moveSignUp,
  type PendingSignUp,
  pendingSignUpOf,
  resendSignUpMail,
} from "./sign-up";

/** What pages and routes do for a browser: the services, and the cookies that go with them. */

/** The caller, in a browser that is known from now on. */
async function browserCaller(): Promise<Caller> {
  return { ...(await currentCaller()), deviceToken: await ensureDeviceCookie() };
}

async function signedIn(tokens: SessionTokens): Promise<AccountView> {
  // Who logs in over another sign-in leaves that one behind: it ends.
  const before = await readCookie("refresh");
  if (before) await revokeByToken({ refreshToken: before, caller: await currentCaller() });
  await setSessionCookies(tokens);
  const account = await getAccount(tokens.userId);
  if (!account) throw new AppError("unauthenticated");
  await adoptLanguage(account.locale);
  return account;
}

/** Lays what a first factor led to into the browser. */
export async function takePassed(passed: Passed): Promise<{ secondFactor: boolean }> {
  if ("done" in passed) {
    await signedIn(passed.done);
    return { secondFactor: false };
  }
  await setCookie("challenge", passed.challenge, tokenLifeMs.challenge);
  return { secondFactor: true };
}

/** @throws {AppError} as `checkPassword` */
export async function logIn(
  input: LogInInput,
): Promise<{ account: AccountView } | { secondFactor: true }> {
  const caller = await browserCaller();
  const checked = await checkPassword({ ...input, caller }).catch(async (error: unknown) => {
    if (AppError.is(error, "email_unconfirmed")) await waitHere(input.email);
    throw error;
  });
  const { id: userId, passwordHash } = checked;
  const { remember } = input;
  const how = { kind: "browser", remember, methods: ["pwd"] } as const;
  const passed = await passFirstFactor({ userId, caller, passwordHash, ...how });
  if ("done" in passed) return { account: await signedIn(passed.done) };
  await takePassed(passed);
  return { secondFactor: true };
}

/** Whoever knows the password of a sign-up may go on with it in this browser. */
async function waitHere(email: string): Promise<void> {
  const browser = randomToken();
  await moveSignUp(email, browser);
  await setCookie("sign-up", browser, tokenLifeMs.sign_up);
}

/** The log-in or proof of this browser that waits for a code. */
export async function pendingChallenge() {
  return pendingChallengeOf(await readCookie("challenge"));
}

/**
 * The code of a second factor; answers where to go on.
 * @throws {AppError} `token_invalid`, `second_factor_rejected`, `rate_limited`
 */
export async function answerChallenge(input: {
  code: string;
}): Promise<{ next: string; loggedIn: boolean }> {
  const caller = await browserCaller();
  const challenge = (await readCookie("challenge")) ?? "";
  const { next, tokens } = await passChallenge({ challenge, code: input.code, caller });
  if (tokens) await signedIn(tokens);
  else await renewBrowser(caller);
  await clearCookies("challenge");
  return { next: safeNextPath(next), loggedIn: tokens !== undefined };
}

/** Ends the sign-in on the server and takes the cookies away. */
export async function logOut(): Promise<void> {
  const principal = await renewedPrincipal();
  if (principal) {
    const { userId, sessionId } = principal;
    const caller = await currentCaller();
    await endSession({ userId, sessionId, reason: "logout", from: whence(caller) }).catch(
      (error: unknown) => {
        // Ended by somebody else in the same moment.
        if (!AppError.is(error, "not_found")) throw error;
      },
    );
  }
  await clearSessionCookies();
}

/**
 * Sends the mail that finishes the sign-up, or one that says there is an account.
 * @throws {AppError} `password_too_weak`, `password_leaked`, `rate_limited`
 */
export async function signUp(input: SignUpInput): Promise<void> {
  const caller = await browserCaller();
  const browser = randomToken();
  await beginSignUp({ input, browser, caller });
  await setCookie("sign-up", browser, tokenLifeMs.sign_up);
}

/** @throws {AppError} `rate_limited` */
export async function resendSignUp(): Promise<void> {
  await resendSignUpMail({ browser: await readCookie("sign-up") });
}

/** What a confirmation link stands for; undefined when it is over or used. */
export async function pendingSignUp(token: string): Promise<PendingSignUp | undefined> {
  return pendingSignUpOf(token, await readCookie("sign-up"));
}

/** @throws {AppError} `token_invalid`, `credentials_rejected`, `rate_limited` */
export async function confirmSignUp(input: ConfirmSignUpInput): Promise<AccountView> {
  const caller = await browserCaller();
  const browser = await readCookie("sign-up");
  const tokens = await finishSignUp({ input, browser, caller });
  await clearCookies("sign-up");
  return signedIn(tokens);
}

/** Whom an identity provider sent without an address it vouches for. */
export async function pendingProviderSignUp(): Promise<
  { provider: ProviderId; email: string | null; name: string } | undefined
> {
  const row = await readToken(await readCookie("sign-up"), "provider_sign_up");
  const profile = row && providerProfileSchema.parse(row.data);
  return profile && { provider: profile.provider, email: profile.email, name: profile.name };
}

/** @throws {AppError} `token_invalid`, `rate_limited` */
export async function finishProviderSignUp(input: FinishSignUpInput): Promise<void> {
  const providerToken = (await readCookie("sign-up")) ?? "";
  await beginProviderSignUp({ input, providerToken, caller: await browserCaller() });
}

/**
 * Proves who it is, and gives the browser new tokens for it.
 * @throws {AppError} as `reauthenticate` of re-authentication.ts
 */
export async function reauthenticate(
  principal: Principal,
  input: ReauthenticateInput,
): Promise<void> {
  const caller = await currentCaller();
  await prove({ principal, input, caller });
  if (principal.kind === "browser") await renewBrowser(caller);
}

/** New tokens for this browser's sign-in once it has proved itself again (ASVS 7.2.4). */
export async function renewBrowser(caller: Caller): Promise<void> {
  const refreshToken = await readCookie("refresh");
  if (refreshToken) await setSessionCookies(await renewSession({ refreshToken, caller }));
}
