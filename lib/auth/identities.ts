import "server-only";
import { findRecipient, getCredentials } from "@/lib/accounts/service";
import type { Whence } from "@/lib/audit/schema";
import { appendAudit } from "@/lib/audit/service";
import { AppError } from "@/lib/errors";
import { queueMail } from "@/lib/mail/service";
import { type Tx, transaction } from "@/lib/transaction";
import { deleteIdentity, findIdentities, insertIdentity, lockAccount } from "./identity-repo";
import { configuredProviders } from "./providers/catalog";
import type { ProviderProfile } from "./providers/profile";
import { type ProviderId, providerIds, type SignInMethods } from "./schema";
import { isSecondFactorOn, recoveryCodesLeft } from "./second-factor";

const isProvider = (name: string): name is ProviderId => providerIds.some((id) => id === name);

/** The providers that open this account. */
export async function linkedProviders(userId: string): Promise<ProviderId[]> {
  return (await findIdentities(userId)).map(({ provider }) => provider).filter(isProvider);
}

/** Every way in which this account can be opened, and what could be added. */
export async function signInMethods(userId: string): Promise<SignInMethods> {
  const [account, identities, on, left] = await Promise.all([
    getCredentials({ id: userId }),
    findIdentities(userId),
    isSecondFactorOn(userId),
    recoveryCodesLeft(userId),
  ]);
  return {
    password: Boolean(account?.passwordHash),
    identities: identities.flatMap(({ provider, email, createdAt, lastUsedAt }) =>
      isProvider(provider)
        ? {
            provider,
            email,
            linkedAt: createdAt.toISOString(),
            lastUsedAt: lastUsedAt.toISOString(),
          }
        : [],
    ),
    available: configuredProviders(),
    secondFactor: { on, recoveryCodesLeft: left },
  };
}

/**
 * Lets an identity open this account from now on, and tells the owner.
 * @throws {AppError} `identity_taken`
 */
export async function linkIdentity(
  tx: Tx,
  options: { userId: string; profile: ProviderProfile; from: Whence },
): Promise<void> {
  const { userId, profile, from } = options;
  const { provider, providerAccountId, email } = profile;
  await insertIdentity(tx, { userId, provider, providerAccountId, email });
  appendAudit(tx, {
    name: "authn_identity_linked",
    actorId: userId,
    subjectId: userId,
    ...from,
    detail: { provider },
  });
  await tell(tx, userId, "identity-linked", provider);
}

/**
 * Takes a provider away from the account's ways in.
 * @throws {AppError} `not_found`, `last_sign_in_method`
 */
export async function unlinkIdentity(options: {
  userId: string;
  provider: ProviderId;
  from: Whence;
}): Promise<void> {
  const { userId, provider, from } = options;
  await transaction(async (tx) => {
    // Two providers taken away side by side must not both be "not the last".
    const { hasPassword } = await lockAccount(tx, userId);
    const identities = await findIdentities(userId, tx);
    if (!identities.some((identity) => identity.provider === provider)) {
      throw new AppError("not_found");
    }
    if (!hasPassword && identities.length === 1) throw new AppError("last_sign_in_method");
    await deleteIdentity(tx, userId, provider);
    appendAudit(tx, {
      name: "authn_identity_unlinked",
      actorId: userId,
      subjectId: userId,
      ...from,
      detail: { provider },
    });
    await tell(tx, userId, "identity-unlinked", provider);
  });
}

async function tell(
  tx: Tx,
  userId: string,
  kind: "identity-linked" | "identity-unlinked",
  provider: ProviderId,
): Promise<void> {
  const owner = await findRecipient(userId, tx);
  if (!owner) return;
  await queueMail(tx, { kind, ...owner, values: { provider } });
}
