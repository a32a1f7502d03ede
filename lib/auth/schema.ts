import { z } from "zod";
import { emailSchema, localeSchema, newPasswordSchema, typedPassword } from "@/lib/accounts/schema";
import { cleanLine } from "@/lib/text";

/** The identity providers there are code for; which are offered depends on the environment. */
export const providerIds = ["google", "kakao", "naver"] as const;
export const providerSchema = z.enum(providerIds);
export type ProviderId = (typeof providerIds)[number];

/** A token from a mail's link or a cookie: 256 bits in base64url. */
const tokenSchema = z.string().regex(/^[\w-]{43}$/);

/** Six digits of an authenticator app, or a recovery code; spaces and dashes don't matter. */
const codeSchema = z
  .string()
  .max(64)
  .transform((code) => code.replace(/[\s-]/g, "").toUpperCase())
  .pipe(z.string().min(6).max(32));

/** What a person adds when their identity provider gave no e-mail that it vouches for. */
export const finishSignUpInput = z.object({
  email: emailSchema,
  name: cleanLine(1, 80),
  locale: localeSchema.default("ko"),
});
export type FinishSignUpInput = z.infer<typeof finishSignUpInput>;

export const signUpInput = finishSignUpInput.extend({ password: newPasswordSchema });
export type SignUpInput = z.infer<typeof signUpInput>;

/** `password` is needed where the link is opened in another browser than the one that signed up. */
export const confirmSignUpInput = z.object({
  token: tokenSchema,
  password: typedPassword.optional(),
});
export type ConfirmSignUpInput = z.infer<typeof confirmSignUpInput>;

export const logInInput = z.object({
  email: emailSchema,
  password: typedPassword,
  remember: z.boolean().default(false),
});
export type LogInInput = z.infer<typeof logInInput>;

export const secondFactorInput = z.object({ code: codeSchema });

/** A program logs in with a password, then, where a second factor is on, with its code. */
export const tokenInput = z.union([
  logInInput,
  z.object({ challenge: tokenSchema, code: codeSchema }),
]);
export type TokenInput = z.infer<typeof tokenInput>;

/** Without a token the browser's cookie is meant. */
export const refreshInput = z.object({ refreshToken: tokenSchema.optional() });
export const revokeInput = z.object({ refreshToken: tokenSchema });

export const passwordResetInput = z.object({
  email: emailSchema,
  locale: localeSchema.default("ko"),
});
export const confirmPasswordResetInput = z.object({
  token: tokenSchema,
  password: newPasswordSchema,
});

/** `password` is needed where the link is opened by somebody who isn't signed in. */
export const confirmEmailChangeInput = confirmSignUpInput;
export type ConfirmEmailChangeInput = ConfirmSignUpInput;

export const reauthenticateInput = z.object({
  password: typedPassword.optional(),
  code: codeSchema.optional(),
});
export type ReauthenticateInput = z.infer<typeof reauthenticateInput>;

/** Where to start with an identity provider, and what for. */
export const startProviderInput = z.object({
  intent: z.enum(["sign_in", "link", "reauthenticate"]),
  remember: z.boolean().default(false),
  /** Path to return to. */
  next: z.string().max(2000).optional(),
});
export type StartProviderInput = z.infer<typeof startProviderInput>;

/** Tokens as a program gets them. */
export interface TokenSet {
  tokenType: "Bearer";
  accessToken: string;
  /** Seconds the access token is good for. */
  expiresIn: number;
  refreshToken: string;
  /** ISO 8601; the sign-in ends then, whatever happens. */
  refreshExpiresAt: string;
}

/** One sign-in, as its owner sees it. */
export interface SessionView {
  id: string;
  /** The one that asks. */
  current: boolean;
  kind: "browser" | "api";
  /** E.g. "Chrome · Windows". */
  device: string;
  /** E.g. "203.0.113.0/24"; null where the network isn't known. */
  network: string | null;
  /** Used from the same network as the one that asks. */
  sameNetwork: boolean;
  remember: boolean;
  createdAt: string;
  lastSeenAt: string;
}

/** How an account can be opened. */
export interface SignInMethods {
  /** Whether there is a password. */
  password: boolean;
  identities: {
    provider: ProviderId;
    email: string | null;
    linkedAt: string;
    lastUsedAt: string;
  }[];
  /** Providers this installation offers, linked or not. */
  available: ProviderId[];
  secondFactor: { on: boolean; recoveryCodesLeft: number };
}

/** `data` of `reauthentication_required`: what proves who it is. */
export interface ReauthenticationNeeds {
  password: boolean;
  providers: ProviderId[];
  /** A code is needed on top. */
  code: boolean;
}

/** A second factor being set up. */
export interface SecondFactorSetup {
  /** Base32, for typing. */
  secret: string;
  /** otpauth:// address, for apps on the same device. */
  uri: string;
  /** The address as an SVG picture. */
  qrSvg: string;
}
