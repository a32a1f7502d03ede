import { type Env, env } from "@/lib/env";
import { type ProviderId, providerIds } from "../schema";

/** The product as a provider knows it. */
export interface ProviderApp {
  clientId: string;
  clientSecret: string;
}

/** The client that the environment gives for a provider, if any. */
export function providerApp(provider: ProviderId, variables: Env = env()): ProviderApp | undefined {
  const pairs: Record<ProviderId, [string | undefined, string | undefined]> = {
    google: [variables.GOOGLE_CLIENT_ID, variables.GOOGLE_CLIENT_SECRET],
    kakao: [variables.KAKAO_CLIENT_ID, variables.KAKAO_CLIENT_SECRET],
    naver: [variables.NAVER_CLIENT_ID, variables.NAVER_CLIENT_SECRET],
  };
  const [clientId, clientSecret] = pairs[provider];
  return clientId && clientSecret ? { clientId, clientSecret } : undefined;
}

/** The providers that this installation offers, in the order they are shown. */
export function configuredProviders(variables: Env = env()): ProviderId[] {
  return providerIds.filter((provider) => providerApp(provider, variables));
}
