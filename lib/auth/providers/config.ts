import type { NextAuthConfig } from "next-auth";
import Google from "next-auth/providers/google";
import Kakao from "next-auth/providers/kakao";
import Naver from "next-auth/providers/naver";
import { type ProviderId, providerSchema } from "../schema";
import type { ProviderApp } from "./catalog";
import { endpoints } from "./endpoints";
import { verifiedClaims } from "./id-token";
import { type ProviderProfile, providerProfile } from "./profile";

export interface ProviderSettings {
  apps: Partial<Record<ProviderId, ProviderApp>>;
  /** IDENTITY_PROVIDERS_URL */
  standIns: string | undefined;
  /** What seals the cookies of a way to a provider: the one in use, then those before. */
  secrets: string[];
  /** The product is served over https. */
  secure: boolean;
}

export interface ProviderHooks {
  /** Decides what somebody's coming back is worth; answers the path to go to. */
  finish(profile: ProviderProfile): Promise<string>;
  /** Every error of next-auth's, before it becomes one of its pages. */
  failed(error: Error): void;
}

/** The cookies that bind an answer to the browser which asked, by next-auth's names for them. */
export const checkCookies = {
  state: "ax2-provider-state",
  pkceCodeVerifier: "ax2-provider-pkce",
  nonce: "ax2-provider-nonce",
  callbackUrl: "ax2-provider-return",
  csrfToken: "ax2-provider-csrf",
  sessionToken: "ax2-provider-session",
} as const;

export const checkCookieOptions = (secure: boolean) =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure }) as const;

/** Over https the `__Host-` name binds the cookie to this very host (RFC 6265bis, 4.1.3.2). */
export function checkCookieName(name: keyof typeof checkCookies, secure: boolean): string {
  return secure ? `__Host-${checkCookies[name]}` : checkCookies[name];
}

/**
 * next-auth as the way to identity providers and back, nothing else: without an adapter, because
 * it would link accounts by its own rules, and with a `signIn` callback that always leads away
 * before it makes a session of its own.
 */
export function authConfig(settings: ProviderSettings, hooks: ProviderHooks): NextAuthConfig {
  return {
    basePath: "/api/auth",
    secret: settings.secrets,
    // The address is made by us from APP_URL.
    trustHost: true,
    useSecureCookies: settings.secure,
    session: { strategy: "jwt" },
    providers: providers(settings),
    cookies: cookies(settings.secure),
    callbacks: {
      signIn: async ({ account, profile }) => {
        const provider = providerSchema.parse(account?.provider);
        const raw =
          provider === "google" ? await googleClaims(settings, account?.id_token) : profile;
        const known = providerProfile(provider, raw);
        if (!known) throw new Error("the provider's answer names no account");
        return hooks.finish(known);
      },
      redirect: ({ url, baseUrl }) => {
        const target = URL.parse(url, baseUrl);
        return target?.origin === baseUrl ? target.href : baseUrl;
      },
    },
    logger: { error: hooks.failed, warn: () => undefined, debug: () => undefined },
  };
}

function providers({ apps, standIns }: ProviderSettings): NextAuthConfig["providers"] {
  const { google, kakao, naver } = endpoints(standIns);
  // next-auth's own ideas of a user and of tokens to keep; we keep neither.
  const nothingKept = { profile: () => ({}), account: () => undefined };
  return [
    ...(apps.google
      ? [
          Google({
            ...apps.google,
            ...nothingKept,
            issuer: google.issuer,
            checks: ["pkce", "state", "nonce"],
          }),
        ]
      : []),
    ...(apps.kakao
      ? [Kakao({ ...apps.kakao, ...nothingKept, ...kakao, checks: ["pkce", "state"] })]
      : []),
    ...(apps.naver
      ? [
          Naver({
            ...apps.naver,
            ...nothingKept,
            ...naver,
            checks: ["pkce", "state"],
            // Naver documents its client's secret as a parameter, not as a header.
            client: { token_endpoint_auth_method: "client_secret_post" },
          }),
        ]
      : []),
  ];
}

function cookies(secure: boolean): NonNullable<NextAuthConfig["cookies"]> {
  const names = Object.keys(checkCookies) as (keyof typeof checkCookies)[];
  return Object.fromEntries(
    names.map((name) => [
      name,
      { name: checkCookieName(name, secure), options: checkCookieOptions(secure) },
    ]),
  );
}

function googleClaims({ apps, standIns }: ProviderSettings, idToken: unknown) {
  if (typeof idToken !== "string" || !apps.google) throw new Error("there is no ID token");
  const { clientId } = apps.google;
  return verifiedClaims(idToken, { ...endpoints(standIns).google, clientId });
}
