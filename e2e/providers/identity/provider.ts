/** The identity providers there are stand-ins for. */
export const providerNames = ["google", "kakao", "naver"] as const;
export type ProviderName = (typeof providerNames)[number];

/** What can go wrong on a way through a provider; chosen in the form of its authorize page. */
export const allFaults = [
  "none",
  /** The answer comes back with another state than was sent. */
  "wrong_state",
  "missing_state",
  /** The person declines. */
  "denied",
  /** The answer carries a code that was used before. */
  "code_replay",
  /** The token endpoint answers 500. */
  "server_error",
  /** The token endpoint takes `slowMs`. */
  "slow",
  /** Google: the ID token's time is over. Kakao, Naver: the access token's. */
  "expired_token",
  /** Google: the ID token is signed by another key. Kakao, Naver: the access token is unknown. */
  "forged_token",
  /** The provider gives no e-mail. */
  "no_email",
  /** The provider gives an e-mail that it doesn't vouch for. */
  "unverified_email",
  "wrong_nonce",
  "wrong_audience",
  "wrong_issuer",
] as const;
export type Fault = (typeof allFaults)[number];

export const slowMs = 3_000;

/** Faults of the ID token, which only Google's protocol here has. */
const idTokenFaults: readonly Fault[] = ["wrong_nonce", "wrong_audience", "wrong_issuer"];

export function faultsOf(provider: ProviderName): Fault[] {
  return allFaults.filter((fault) => provider === "google" || !idTokenFaults.includes(fault));
}

export interface Client {
  id: string;
  secret: string;
}

/** Who signs in at the provider, as typed into the form. */
export interface Person {
  subject: string;
  email: string;
  name: string;
  emailVerified: boolean;
  /** Kakao's second flag. */
  emailValid: boolean;
}

/** An authorization request that passed all checks. */
export interface AuthorizeRequest {
  redirectUri: string;
  state: string;
  codeChallenge: string;
  nonce: string | undefined;
  scope: string;
  /** The product asked that the person proves again who they are. */
  reauthentication: boolean;
}

/** What a code stands for. */
export interface Grant {
  request: AuthorizeRequest;
  person: Person;
  fault: Fault;
  expiresAtMs: number;
  used: boolean;
}

export interface Answer {
  status: number;
  body: unknown;
}

/** How one provider differs from the others. */
export interface Provider {
  name: ProviderName;
  /** As the authorize page calls it. */
  title: string;
  paths: { authorize: string; token: string; profile: string };
  /** How the client may show its secret. */
  clientAuth: readonly ("basic" | "post")[];
  /** Parameters of the authorization request that ask for a fresh proof. */
  asksAgain(params: URLSearchParams): boolean;
  /** Beyond what all need; says what is missing. */
  checkAuthorize(params: URLSearchParams): string | undefined;
  tokenAnswer(grant: Grant, accessToken: string): Promise<Answer>;
  tokenError(error: "invalid_client" | "invalid_grant" | "invalid_request", text: string): Answer;
  profileAnswer(grant: Grant): Answer;
  /** To an access token that isn't, or is no longer, good. */
  profileError: Answer;
  /** Documents at further addresses, e.g. the discovery document. */
  documents: Record<string, () => Promise<unknown>>;
}

/** The person's e-mail as this way through the provider gives it. */
export function givenEmail({ person, fault }: Grant): string | undefined {
  return fault === "no_email" || person.email === "" ? undefined : person.email;
}

/** What is left of the access token's life, in seconds. */
export function lifetimeSeconds({ fault }: Grant): number {
  return fault === "expired_token" ? 0 : 3600;
}
