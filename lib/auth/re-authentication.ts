import "server-only";
import { passwordFits } from "@/lib/accounts/password";
import { getCredentials } from "@/lib/accounts/service";
import { appendAudit } from "@/lib/audit/service";
import { AppError } from "@/lib/errors";
import { type Tx, transaction } from "@/lib/transaction";
import { type Caller, whence } from "./caller";
import { linkedProviders } from "./identities";
import { assertUnlocked } from "./lockout";
import { refuse, triedAs } from "./log-in";
import { isFresh } from "./policy";
import type { Principal } from "./principal";
import { configuredProviders } from "./providers/catalog";
import { setAuthenticatedAt } from "./repo";
import type { ReauthenticateInput, ReauthenticationNeeds } from "./schema";
import { checkSecondFactor, isSecondFactorOn } from "./second-factor";

/**
 * Lets pass who proved within the last five minutes who they are.
 * @throws {AppError} `reauthentication_required`, with what would prove it
 */
export async function assertFresh(principal: Principal, nowMs = Date.now()): Promise<void> {
  if (isFresh(principal.authenticatedAt, nowMs)) return;
  const needs = await reauthenticationNeeds(principal.userId);
  throw new AppError("reauthentication_required", { data: { ...needs } });
}

/** What this account can prove itself with. */
export async function reauthenticationNeeds(userId: string): Promise<ReauthenticationNeeds> {
  const [account, linked, code] = await Promise.all([
    getCredentials({ id: userId }),
    linkedProviders(userId),
    isSecondFactorOn(userId),
  ]);
  const offered = configuredProviders();
  return {
    password: Boolean(account?.passwordHash),
    providers: linked.filter((provider) => offered.includes(provider)),
    code,
  };
}

/**
 * Proves by password, and by a code where the second factor is on, who it is. Wrong passwords
 * count as they do at log-in.
 * @throws {AppError} `credentials_rejected`, `second_factor_required`, `second_factor_rejected`,
 * `log_in_locked`, `password_missing` where only an identity provider can prove it
 */
export async function reauthenticate(options: {
  principal: Principal;
  input: ReauthenticateInput;
  caller: Caller;
}): Promise<void> {
  const { principal, input, caller } = options;
  const account = await getCredentials({ id: principal.userId });
  if (!account) throw new AppError("unauthenticated");
  if (!account.passwordHash) throw new AppError("password_missing");
  const email = account.email ?? account.id;
  const tried = await triedAs(email, account, caller);
  await assertUnlocked(tried);
  const fits = await passwordFits(input.password ?? "", account.passwordHash);
  await assertUnlocked(tried);
  if (!fits) {
    await refuse({ email, account, tried, caller });
    throw new AppError("credentials_rejected");
  }
  const methods = ["pwd"];
  if (await isSecondFactorOn(account.id)) {
    if (!input.code) throw new AppError("second_factor_required");
    const factor = await checkSecondFactor({
      userId: account.id,
      code: input.code,
      from: whence(caller),
    });
    methods.push(factor === "totp" ? "otp" : "recovery");
  }
  const method = methods.join(" ");
  await transaction((tx) => noteReauthenticated(tx, { principal, caller, method }));
}

/** Notes the proof; from now on nothing sensitive asks for five minutes. */
export async function noteReauthenticated(
  tx: Tx,
  options: {
    principal: Pick<Principal, "userId" | "sessionId">;
    caller: Caller;
    /** How, as a sign-in's `methods` says it; several with spaces between. */
    method: string;
  },
): Promise<void> {
  const { principal, caller, method } = options;
  const { userId, sessionId } = principal;
  await setAuthenticatedAt(tx, sessionId, new Date());
  appendAudit(tx, {
    name: "authn_reauthenticated",
    actorId: userId,
    subjectId: userId,
    sessionId,
    ...whence(caller),
    detail: { method },
  });
}
