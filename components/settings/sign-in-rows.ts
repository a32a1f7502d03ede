import { type ProviderId, providerIds, type SignInMethods } from "@/lib/auth/schema";

/** A way to log in beside the password, as a line of the list. */
export interface SignInRow {
  provider: ProviderId;
  /** Nothing while it isn't linked. */
  identity: SignInMethods["identities"][number] | undefined;
  /** `last`: it is the only way in. */
  change: "link" | "unlink" | "last";
}

/** Providers that are offered here or were linked when they were, in their fixed order. */
export function signInRows({ password, identities, available }: SignInMethods): SignInRow[] {
  const waysIn = identities.length + (password ? 1 : 0);
  return providerIds.flatMap((provider): SignInRow[] => {
    const identity = identities.find((linked) => linked.provider === provider);
    if (identity) return [{ provider, identity, change: waysIn > 1 ? "unlink" : "last" }];
    return available.includes(provider) ? [{ provider, identity: undefined, change: "link" }] : [];
  });
}
