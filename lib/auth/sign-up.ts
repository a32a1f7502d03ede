import "server-only";
import { z } from "zod";
import { hashPassword, passwordFits } from "@/lib/accounts/password";
import { assertStrongPassword } from "@/lib/accounts/password-strength";
import { localeSchema } from "@/lib/accounts/schema";
import { createAccount, holderOf } from "@/lib/accounts/service";
import { routes } from "@/lib/client/routes";
import { AppError } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { queueMail } from "@/lib/mail/service";
import { type Tx, transaction } from "@/lib/transaction";
import { welcomeAccount } from "@/lib/trial/welcome";
import type { Caller } from "./caller";
import { insertIdentity } from "./identity-repo";
import { deleteTokens, findSignUp, updateTokenData } from "./one-time-token-repo";
import { issueToken, readToken, takeToken, tokenHash } from "./one-time-tokens";
import { openAccount } from "./open-account";
import { authRates } from "./policy";
import { providerProfileSchema } from "./providers/profile";
import type { ConfirmSignUpInput, FinishSignUpInput, ProviderId, SignUpInput } from "./schema";
import type { SessionTokens } from "./sessions";

/**
 * A sign-up that waits for its mail to be opened. There is no account until then, so nobody can
 * take an address in advance; and each waiting sign-up carries its own password, so that opening
 * the mail of somebody else's sign-up gives them nothing.
 */
const waiting = z.object({
  name: z.string(),
  locale: localeSchema,
  passwordHash: z.string().nullable(),
  identity: providerProfileSchema.nullable(),
  /** Hash of the cookie of the browser that signed up. */
  browser: z.string(),
});
type Waiting = z.infer<typeof waiting>;

function countNetwork({ network }: Caller): Promise<void> {
  const { signUpNetwork, signUpOfAll } = authRates;
  return network
    ? countCall({ name: "signUp", who: network, rate: signUpNetwork })
    : countCall({ name: "signUpOfAll", who: "all", rate: signUpOfAll });
}

/** Counts a mail to an address: only once nothing else stands in its way. */
function countAddress(email: string): Promise<void> {
  return countCall({ name: "signUpAddress", who: email, rate: authRates.signUpAddress });
}

/**
 * Sends a mail that finishes the sign-up or, to an address that has an account, one that says so.
 * Whoever asks sees no difference.
 * @param options `browser`: the secret of the browser's sign-up cookie
 * @throws {AppError} `password_too_weak`, `password_leaked`, `rate_limited`
 */
export async function beginSignUp(options: {
  input: SignUpInput;
  browser: string;
  caller: Caller;
}): Promise<void> {
  const { input, browser, caller } = options;
  const { email, name, locale, password } = input;
  await countNetwork(caller);
  await assertStrongPassword({ password, context: [email, name] });
  await countAddress(email);
  const passwordHash = await hashPassword(password);
  await sendSignUp(email, {
    name,
    locale,
    passwordHash,
    identity: null,
    browser: tokenHash(browser),
  });
}

/**
 * The same for somebody whom an identity provider sent without an address it vouches for.
 * @param options `providerToken`: the cookie that remembers who the provider said it is; its
 * browser is the one that has to open the mail
 * @throws {AppError} `token_invalid`, `rate_limited`
 */
export async function beginProviderSignUp(options: {
  input: FinishSignUpInput;
  providerToken: string;
  caller: Caller;
}): Promise<void> {
  const { input, providerToken, caller } = options;
  const { email, name, locale } = input;
  await countNetwork(caller);
  await countAddress(email);
  const row = await readToken(providerToken, "provider_sign_up");
  if (!row) throw new AppError("token_invalid");
  const identity = providerProfileSchema.parse(row.data);
  const browser = tokenHash(providerToken);
  await sendSignUp(email, { name, locale, passwordHash: null, identity, browser });
}

async function sendSignUp(email: string, data: Waiting): Promise<void> {
  const holder = await holderOf(email);
  await transaction(async (tx) => {
    if (holder) await queueMail(tx, { kind: "sign-up-taken", ...holder, values: {} });
    else if (holder === undefined) await sendLink(tx, email, data);
  });
}

async function sendLink(tx: Tx, email: string, data: Waiting): Promise<void> {
  const token = await issueToken(tx, { purpose: "sign_up", email, data });
  const link = routes.signUpConfirm(token);
  await queueMail(tx, { kind: "sign-up", to: email, locale: data.locale, values: { link } });
}

/**
 * Sends the mail of this browser's waiting sign-up again; does nothing when none waits.
 * @throws {AppError} `rate_limited`
 */
export async function resendSignUpMail(options: { browser: string | undefined }): Promise<void> {
  if (!options.browser) return;
  const who = tokenHash(options.browser);
  await countCall({ name: "signUpAgain", who, rate: authRates.signUpAddress });
  const row = await findSignUp({ browser: who }, new Date());
  const email = row?.email;
  if (email) await transaction((tx) => sendLink(tx, email, waiting.parse(row.data)));
}

/**
 * Lets another browser stand in for the one that signed up: that of somebody who has shown to know
 * the password, at log-in.
 */
export async function moveSignUp(email: string, browser: string): Promise<void> {
  const row = await findSignUp({ email }, new Date());
  if (!row) return;
  const data = { ...waiting.parse(row.data), browser: tokenHash(browser) };
  await transaction((tx) => updateTokenData(tx, row.hash, data));
}

export interface PendingSignUp {
  email: string;
  name: string;
  /** Opened in the browser that signed up: nothing more is needed. */
  sameBrowser: boolean;
  /** Who vouches for the person in a password's place. */
  provider: ProviderId | null;
}

/** What a confirmation link stands for, without using it up. */
export async function pendingSignUpOf(
  token: string,
  browser: string | undefined,
): Promise<PendingSignUp | undefined> {
  const row = await readToken(token, "sign_up");
  if (!row?.email) return undefined;
  const data = waiting.parse(row.data);
  return {
    email: row.email,
    name: data.name,
    sameBrowser: isSameBrowser(data, browser),
    provider: data.identity?.provider ?? null,
  };
}

function isSameBrowser(data: Waiting, browser: string | undefined): boolean {
  return browser !== undefined && tokenHash(browser) === data.browser;
}

/**
 * Makes the account and signs it in. In another browser than the one that signed up, the password
 * chosen there has to be typed: the mail alone may have been opened by somebody who never signed
 * up.
 * @throws {AppError} `token_invalid`, `credentials_rejected`, `rate_limited`
 */
export async function finishSignUp(options: {
  input: ConfirmSignUpInput;
  browser: string | undefined;
  caller: Caller;
}): Promise<SessionTokens> {
  const { input, browser, caller } = options;
  const row = await readToken(input.token, "sign_up");
  const email = row?.email;
  if (!row || !email) throw new AppError("token_invalid");
  const data = waiting.parse(row.data);
  if (!isSameBrowser(data, browser)) {
    await countCall({ name: "confirmSignUp", who: row.hash, rate: authRates.confirm });
    const fits = await passwordFits(input.password ?? "", data.passwordHash ?? undefined);
    if (!fits) throw new AppError("credentials_rejected");
  }
  const { name, locale, passwordHash, identity } = data;
  const userId = await transaction(async (tx) => {
    await takeToken(tx, input.token, "sign_up");
    const { id } = await createAccount(tx, { email, name, locale, passwordHash });
    await welcomeAccount(tx, { userId: id, trialCookie: caller.trialCookie });
    if (identity) {
      const { provider, providerAccountId } = identity;
      const link = { userId: id, provider, providerAccountId, email: identity.email };
      await insertIdentity(tx, link);
    }
    // Others who waited for this address, strangers perhaps, wait in vain.
    await deleteTokens(tx, { purpose: "sign_up", email });
    return id;
  });
  const methods = [identity?.provider ?? "pwd"];
  return openAccount({ userId, caller, kind: "browser", remember: false, methods });
}
