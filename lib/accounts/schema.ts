import { z } from "zod";
import { cleanLine } from "@/lib/text";
import { maxEmail, normaliseEmail } from "./email";

/** An address as it is kept, see `normaliseEmail`. */
export const emailSchema = z.string().transform(normaliseEmail).pipe(z.email().max(maxEmail));

/** NFC, so that a password typed on a Mac opens the account on Windows. */
const passwordText = z.string().transform((value) => value.normalize("NFC"));

/** Least and most characters of a new password. */
export const passwordLength = { min: 12, max: 256 } as const;

/**
 * 12 to 256 characters of any kind. No composition rules: they make passwords weaker
 * (NIST SP 800-63B-4, 3.1.1.2). Whether it is common or easy to guess is judged on the server.
 */
export const newPasswordSchema = passwordText.pipe(
  z.string().min(passwordLength.min).max(passwordLength.max),
);

/** A password somebody logs in with: not checked for strength, an old one stays usable. */
export const typedPassword = z
  .string()
  .min(1)
  .max(1024)
  .transform((value) => value.normalize("NFC"));

export const localeSchema = z.enum(["ko", "en"]);
export type Locale = z.infer<typeof localeSchema>;

export const themeSchema = z.enum(["system", "light", "dark"]);
export type Theme = z.infer<typeof themeSchema>;

/** Credits below which a person is told that they run low; 0: never. */
const lowBalanceLevel = z.number().int().min(0).max(100_000);

/** Mails a person can do without; those about the account's security and payments always go out. */
export const notificationsSchema = z.object({
  jobCompleted: z.boolean().default(false),
  jobFailed: z.boolean().default(true),
  /** Credits run low or expire soon. */
  credits: z.boolean().default(true),
  lowBalance: lowBalanceLevel.default(30),
});
export type Notifications = z.infer<typeof notificationsSchema>;

export const updateProfileInput = z
  .object({
    name: cleanLine(1, 80),
    locale: localeSchema,
    theme: themeSchema,
    // Not `notificationsSchema.partial()`: that fills in the defaults of what was left out.
    notifications: z
      .object({
        jobCompleted: z.boolean(),
        jobFailed: z.boolean(),
        credits: z.boolean(),
        lowBalance: lowBalanceLevel,
      })
      .partial(),
  })
  .partial();
export type UpdateProfileInput = z.infer<typeof updateProfileInput>;

export const changePasswordInput = z.object({ newPassword: newPasswordSchema });
export const changeEmailInput = z.object({ email: emailSchema });

/** The square to keep, in pixels of the picture as it is shown (after its EXIF rotation). */
export const photoCropSchema = z.object({
  x: z.number().int().min(0).max(20_000),
  y: z.number().int().min(0).max(20_000),
  size: z.number().int().min(16).max(20_000),
});
export type PhotoCrop = z.infer<typeof photoCropSchema>;

/** Largest picture that is taken, in bytes. */
export const maxPhotoBytes = 10 * 1024 ** 2;

/** `confirmation` must be the account's e-mail. */
export const deleteAccountInput = z.object({ confirmation: z.string().max(300) });

/** Days between asking for deletion and erasure. */
export const deletionGraceDays = 7;

/** What the product shows of an account to its owner. */
export interface AccountView {
  id: string;
  email: string | null;
  name: string;
  locale: Locale;
  theme: Theme;
  notifications: Notifications;
  /** Address of the profile picture; changes with the picture. */
  photoUrl: string | null;
  /** May see what concerns the house. */
  operator: boolean;
  /** Tries the product without an account: no address, no settings, nothing to log in with. */
  visitor: boolean;
}
