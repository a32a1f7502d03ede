import "server-only";
import { hashPassword, needsRehash, passwordFits } from "@/lib/accounts/password";
import { type Credentials, getCredentials, renewPasswordHash } from "@/lib/accounts/service";
import { recordAudit } from "@/lib/audit/service";
import { watchLogInFailure } from "@/lib/audit/watch";
import { AppError } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { queueMail } from "@/lib/mail/service";
import { transaction } from "@/lib/transaction";
import { type Caller, whence } from "./caller";
import { devicesOf } from "./devices";
import {
  accountPseudonym,
  assertNetworkOpen,
  assertUnlocked,
  blockNetwork,
  noteFailure,
  type Tried,
} from "./lockout";
import { findSignUp } from "./one-time-token-repo";
import { authRates } from "./policy";

/** Counts one log-in of the caller's network, and refuses a network that tried many accounts. */
export async function countLogIn(caller: Caller): Promise<void> {
  await assertNetworkOpen(caller.network);
  if (!caller.network) return;
  await countCall({ name: "logIn", who: caller.network, rate: authRates.logInNetwork });
}

/**
 * The account that e-mail and password open. Unknown accounts and wrong passwords are refused
 * alike, in like time, and counted alike.
 * @throws {AppError} `credentials_rejected`, `log_in_locked`, `rate_limited`, or
 * `email_unconfirmed` to whoever knows the password of a sign-up that waits for its mail
 */
export async function checkPassword(options: {
  email: string;
  password: string;
  caller: Caller;
}): Promise<Credentials> {
  const { email, password, caller } = options;
  await countLogIn(caller);
  const account = await getCredentials({ email });
  const waiting = await findSignUp({ email }, new Date());
  const tried = await triedAs(email, account, caller);
  await assertUnlocked(tried);
  // One hash is checked, whatever there is: the time tells nothing.
  const hash = account ? account.passwordHash : signUpHash(waiting?.data);
  const fits = await passwordFits(password, hash ?? undefined);
  // Guesses side by side learn nothing once the first of them have locked the account.
  await assertUnlocked(tried);
  if (!fits) {
    await refuse({ email, account, tried, caller });
    throw new AppError("credentials_rejected");
  }
  if (!account) throw new AppError("email_unconfirmed");
  return { ...account, passwordHash: await currentHash(account, password) };
}

/** Whose failures count for this account: those of a known device apart from everybody else's. */
export async function triedAs(
  email: string,
  account: { id: string } | undefined,
  caller: Caller,
): Promise<Tried> {
  const devices = await devicesOf(account?.id ?? nobody, caller);
  return { email, knownDevice: devices.isKnown ? devices.hash : undefined };
}

/** Asked for in an unknown account's place, so that both cost one look. */
const nobody = "00000000-0000-7000-8000-000000000000";

function signUpHash(data: unknown): string | undefined {
  const hash = (data as { passwordHash?: unknown } | undefined)?.passwordHash;
  return typeof hash === "string" ? hash : undefined;
}

/** Records a wrong password and what follows from it. */
export async function refuse(options: {
  email: string;
  account: Credentials | undefined;
  tried: Tried;
  caller: Caller;
}): Promise<void> {
  const { email, account, tried, caller } = options;
  const about = {
    subjectId: account?.id,
    ...whence(caller),
    detail: { account: accountPseudonym(email) },
  };
  await recordAudit({ name: "authn_login_fail", level: "warn", ...about });
  const lock = await noteFailure(tried);
  if (lock) {
    await recordAudit({ name: "authn_login_lock", level: "warn", ...about });
    if (account?.email) await tellLocked(account, lock.lockedMs);
  }
  const findings = await watchLogInFailure({ network: caller.network });
  if (findings.length > 0 && caller.network) {
    await blockNetwork(caller.network);
    await recordAudit({
      name: "malicious_credential_stuffing",
      level: "critical",
      ...whence(caller),
    });
  }
}

async function tellLocked(account: Credentials, lockedMs: number): Promise<void> {
  const { id: userId, email: to, locale } = account;
  if (!to) return;
  const until = new Date(Date.now() + lockedMs).toISOString();
  await transaction((tx) =>
    queueMail(tx, { kind: "log-in-locked", to, userId, locale, values: { until } }),
  );
}

/** Parameters grow with the years; a log-in is when the password is at hand. */
async function currentHash(account: Credentials, password: string): Promise<string | null> {
  const { id: userId, passwordHash: from } = account;
  if (!from || !needsRehash(from)) return from;
  const to = await hashPassword(password);
  const renewed = await transaction((tx) => renewPasswordHash(tx, { userId, from, to }));
  return renewed ? to : from;
}
