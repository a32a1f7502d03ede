import { z } from "zod";
import { cleanLine } from "@/lib/text";

/** Lower case and NFKC, so that look-alike spellings are one address. */
export const emailSchema = z
  .string()
  .transform((value) => value.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email().max(254));

/**
 * 12 to 256 characters of any kind, NFC. No composition rules: they make passwords weaker
 * (NIST SP 800-63B-4, 3.1.1.2).
 */
export const passwordSchema = z
  .string()
  .transform((value) => value.normalize("NFC"))
  .pipe(z.string().min(12).max(256));

export const localeSchema = z.enum(["ko", "en"]);
export type Locale = z.infer<typeof localeSchema>;

export const signUpInput = z.object({
  email: emailSchema,
  password: passwordSchema,
  name: cleanLine(1, 80),
  locale: localeSchema.default("ko"),
});
export type SignUpInput = z.infer<typeof signUpInput>;

export const logInInput = z.object({
  email: emailSchema,
  /** Not checked for strength: an old password stays usable. */
  password: z
    .string()
    .min(1)
    .max(1024)
    .transform((value) => value.normalize("NFC")),
  remember: z.boolean().default(false),
});
export type LogInInput = z.infer<typeof logInInput>;

/** What the product shows of an account to its owner. */
export interface AccountView {
  id: string;
  email: string | null;
  name: string;
  locale: Locale;
}
