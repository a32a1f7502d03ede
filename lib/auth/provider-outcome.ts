import "server-only";
import { z } from "zod";
import { localeSchema } from "@/lib/accounts/schema";
import { createAccount, isAddressTaken } from "@/lib/accounts/service";
import { recordAudit } from "@/lib/audit/service";
import { routes, safeNextPath } from "@/lib/client/routes";
import { AppError } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { transaction } from "@/lib/transaction";
import { welcomeAccount } from "@/lib/trial/welcome";
import { type Caller, whence } from "./caller";
import { issueChallenge, type Passed, passFirstFactor } from "./challenge";
import { linkIdentity } from "./identities";
import { findIdentity, insertIdentity, touchIdentity } from "./identity-repo";
import { issueToken, takeToken } from "./one-time-tokens";
import { authRates, isFresh, tokenLifeMs } from "./policy";
import type { Principal } from "./principal";
import type { ProviderProfile } from "./providers/profile";
import { assertFresh, noteReauthenticated } from "./re-authentication";
import { findSession } from "./repo";
import { type ProviderId, providerSchema, type StartProviderInput } from "./schema";
import { isSecondFactorOn } from "./second-factor";

/** What somebody went to a provider for; good once, for this provider and this sign-in. */
const intentData = z.object({
  intent: z.enum(["sign_in", "link", "reauthenticate"]),
  provider: providerSchema,
  remember: z.boolean(),
  next: z.string().optional(),
  locale: localeSchema,
});
type IntentData = z.infer<typeof intentData>;

/**
 * Notes what a way to a provider is for; the token comes back in a cookie.
 * @throws {AppError} `unauthenticated`, `reauthentication_required`, `rate_limited`
 */
export async function issueIntent(options: {
  input: StartProviderInput & { provider: ProviderId; locale: "ko" | "en" };
  principal: Principal | undefined;
  caller: Caller;
}): Promise<string> {
  const { input, principal, caller } = options;
  const who = caller.network;
  if (who) await countCall({ name: "provider", who, rate: authRates.providerNetwork });
  if (input.intent !== "sign_in") {
    if (!principal) throw new AppError("unauthenticated");
    if (principal.visitor) throw new AppError("account_required");
    if (input.intent === "link") await assertFresh(principal);
  }
  const data = intentData.parse(input);
  const bound = input.intent === "sign_in" ? undefined : principal;
  return transaction((tx) =>
    issueToken(tx, {
      purpose: "provider_intent",
      data,
      userId: bound?.userId,
      sessionId: bound?.sessionId,
    }),
  );
}

export type Finished =
  /** Go there. */
  | { path: string }
  /** Signed in, or on the way to it; then go there. */
  | { passed: Passed; path: string }
  /** The provider vouches for no address: this token remembers who came, and asks. */
  | { signUp: string };

/**
 * What comes of a person whom a provider has vouched for.
 * @throws {AppError} `provider_failed` when nobody was sent there for this, and what `intent` says
 */
export async function finishProviderFlow(options: {
  profile: ProviderProfile;
  intent: string | undefined;
  caller: Caller;
  /** The sign-in of the browser that came back. */
  principal: Principal | undefined;
}): Promise<Finished> {
  const { profile, intent, caller, principal } = options;
  const row = await transaction((tx) => takeToken(tx, intent ?? "", "provider_intent")).catch(
    () => undefined,
  );
  const data = row && intentData.parse(row.data);
  if (!data || data.provider !== profile.provider) throw new AppError("provider_failed");
  if (data.intent === "sign_in") return signInWith(profile, data, caller);
  // The same browser, the same sign-in: an intent carried elsewhere is worth nothing.
  if (!principal || principal.sessionId !== row.sessionId) throw new AppError("unauthenticated");
  if (data.intent === "link") return link(profile, data, caller, principal);
  return proveWith(profile, data, caller, principal);
}

async function signInWith(
  profile: ProviderProfile,
  data: IntentData,
  caller: Caller,
): Promise<Finished> {
  const { provider, providerAccountId } = profile;
  const { remember } = data;
  const path = safeNextPath(data.next);
  const identity = await findIdentity(provider, providerAccountId);
  if (identity && !identity.usable) throw new AppError("account_disabled");
  const userId = identity?.userId ?? (await newAccount(profile, data, caller));
  if (!userId) return { signUp: await rememberProfile(profile) };
  if (identity) await transaction((tx) => touchIdentity(tx, identity.id, new Date()));
  const first = {
    userId,
    caller,
    kind: "browser",
    remember,
    methods: [provider],
    next: path,
  } as const;
  return { passed: await passFirstFactor(first), path };
}

/**
 * An account for somebody who has none here. Only with an address the provider vouches for, and
 * never by joining the account that has the address: whoever holds it proves so by logging in.
 * @throws {AppError} `identity_unlinked`
 */
async function newAccount(
  profile: ProviderProfile,
  { locale }: IntentData,
  { trialCookie }: Caller,
): Promise<string | undefined> {
  const { email, emailVerified, name, provider, providerAccountId } = profile;
  if (!email || !emailVerified) return undefined;
  if (await isAddressTaken(email)) throw new AppError("identity_unlinked");
  return transaction(async (tx) => {
    const account = await createAccount(tx, { email, name, locale, passwordHash: null });
    await welcomeAccount(tx, { userId: account.id, trialCookie });
    await insertIdentity(tx, { userId: account.id, provider, providerAccountId, email });
    return account.id;
  });
}

function rememberProfile(profile: ProviderProfile): Promise<string> {
  return transaction((tx) => issueToken(tx, { purpose: "provider_sign_up", data: profile }));
}

async function link(
  profile: ProviderProfile,
  data: IntentData,
  caller: Caller,
  principal: Principal,
): Promise<Finished> {
  const { userId, sessionId } = principal;
  const session = await findSession(sessionId);
  // It was fresh at the start; a sign-in whose proof was taken back meanwhile isn't any more.
  if (!session || !isFresh(session.authenticatedAt, Date.now() - tokenLifeMs.provider_intent)) {
    throw new AppError("reauthentication_required");
  }
  await transaction((tx) => linkIdentity(tx, { userId, profile, from: whence(caller) }));
  return { path: withQuery(data.next ?? routes.settingsSecurity(), "linked", profile.provider) };
}

async function proveWith(
  profile: ProviderProfile,
  data: IntentData,
  caller: Caller,
  principal: Principal,
): Promise<Finished> {
  const { userId, sessionId } = principal;
  const { provider, providerAccountId } = profile;
  const identity = await findIdentity(provider, providerAccountId);
  const { authenticatedAtMs } = profile;
  // Who strips the provider's "ask again" from its address comes back with an old proof.
  const stale = authenticatedAtMs !== null && !isFresh(new Date(authenticatedAtMs), Date.now());
  if (identity?.userId !== userId || stale) {
    await recordAudit({
      name: "authn_provider_refused",
      level: "warn",
      actorId: userId,
      subjectId: userId,
      sessionId,
      ...whence(caller),
      detail: { provider, reason: stale ? "stale" : "other_identity" },
    });
    throw new AppError(stale ? "reauthentication_required" : "identity_taken");
  }
  const path = safeNextPath(data.next, routes.settingsSecurity());
  if (await isSecondFactorOn(userId)) {
    const challenge = await issueChallenge({
      userId,
      sessionId,
      data: {
        intent: "reauthenticate",
        kind: "browser",
        remember: false,
        methods: [provider],
        next: path,
      },
    });
    return { passed: { challenge }, path };
  }
  await transaction((tx) => noteReauthenticated(tx, { principal, caller, method: provider }));
  return { path: withQuery(path, "reauthenticated", "1") };
}

function withQuery(path: string, name: string, value: string): string {
  const url = new URL(safeNextPath(path, routes.settingsSecurity()), "http://self.invalid");
  url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}
