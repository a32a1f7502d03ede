import { z } from "zod";
import { emailSchema } from "@/lib/accounts/schema";
import { cleanText } from "@/lib/text";
import { type ProviderId, providerSchema } from "../schema";

/** Most characters of a name, in UTF-16 units. */
const maxNameLength = 80;

/** Who somebody is at a provider, as far as the provider says so. */
export const providerProfileSchema = z.object({
  provider: providerSchema,
  /** The provider's own id of the account; all that an account is known again by. */
  providerAccountId: z.string(),
  /** Lower case and NFKC; null where there is none that could be one. */
  email: z.string().nullable(),
  /** The provider vouches that the e-mail is this person's. Never without an e-mail. */
  emailVerified: z.boolean(),
  /** Empty where the provider gave neither a name nor an e-mail. */
  name: z.string().max(maxNameLength),
  /** When the person last proved to the provider who they are; null where it doesn't say. */
  authenticatedAtMs: z.number().int().nullable(),
});
export type ProviderProfile = z.infer<typeof providerProfileSchema>;

type Fields = Record<string, unknown>;

/** Google's are up to 255 digits, Kakao's a number, Naver's up to 64 characters. */
const accountId = z.union([
  z.string().regex(/^[\x21-\x7e]{1,255}$/),
  // Larger ones would have lost digits in JSON already.
  z.number().int().positive().max(Number.MAX_SAFE_INTEGER).transform(String),
]);
const fieldsSchema = z.record(z.string(), z.unknown());
/** Seconds since 1970, up to the last instant that a Date can hold. */
const instant = z
  .number()
  .int()
  .min(0)
  .max(8.64e12)
  .transform((seconds) => seconds * 1000);

/** What each provider's answer says; anything may be missing or of another shape. */
const readers: Record<
  ProviderId,
  (raw: Fields) => { [K in "id" | "email" | "name"]: unknown } & {
    vouched: boolean;
    authenticatedAt?: unknown;
  }
> = {
  google: (raw) => ({
    id: raw.sub,
    email: raw.email,
    vouched: raw.email_verified === true,
    name: raw.name,
    authenticatedAt: raw.auth_time,
  }),
  kakao: (raw) => {
    const account = fields(raw.kakao_account);
    return {
      id: raw.id,
      email: account.email,
      vouched:
        account.is_email_valid === true &&
        account.is_email_verified === true &&
        account.email_needs_agreement !== true,
      name: fields(account.profile).nickname,
    };
  },
  naver: (raw) => {
    const response = fields(raw.response);
    const { id, email, nickname, name } = response;
    // The address is what the person typed as their contact: Naver doesn't say that it is theirs.
    return { id, email, vouched: false, name: nickname ?? name };
  },
};

/**
 * What counts of a provider's answer, whatever its shape.
 * @returns undefined when it names no account.
 */
export function providerProfile(provider: ProviderId, raw: unknown): ProviderProfile | undefined {
  const read = readers[provider](fields(raw));
  const id = accountId.safeParse(read.id);
  if (!id.success) return undefined;
  const email = emailSchema.safeParse(read.email).data ?? null;
  return {
    provider,
    providerAccountId: id.data,
    email,
    emailVerified: email !== null && read.vouched,
    name: personName(read.name) || personName(email?.split("@")[0]),
    authenticatedAtMs: instant.safeParse(read.authenticatedAt).data ?? null,
  };
}

function fields(value: unknown): Fields {
  return fieldsSchema.safeParse(value).data ?? {};
}

function personName(value: unknown): string {
  const text = cleanText.safeParse(value).data ?? "";
  const line = text.replace(/\p{Cc}+/gu, " ").trim();
  // A character cut in half can't be stored.
  return line
    .slice(0, maxNameLength)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
}
