import type { Locale } from "@/lib/accounts/schema";

/**
 * Every mail the product sends, with the values its text needs. `link` is a path of the product
 * with its token; the address in front comes from the configuration, never from a request.
 */
export interface MailValues {
  /** Confirm the address and finish signing up. */
  "sign-up": { link: string };
  /** Somebody tried to sign up with an address that has an account. */
  "sign-up-taken": Record<never, never>;
  "password-reset": { link: string };
  "password-changed": Record<never, never>;
  /** To the new address. */
  "email-change": { link: string };
  /** To the old address, when asked for and when done. */
  "email-change-asked": { newEmail: string };
  "email-changed": { newEmail: string };
  "identity-linked": { provider: string };
  "identity-unlinked": { provider: string };
  "second-factor-on": Record<never, never>;
  "second-factor-off": Record<never, never>;
  "recovery-code-used": { left: number };
  "recovery-codes-renewed": Record<never, never>;
  "new-device": { device: string; network: string; at: string };
  "log-in-after-failures": { device: string; network: string; at: string };
  "log-in-locked": { until: string };
  /** Somebody got past the first factor and then had wrong codes only. */
  "second-factor-locked": { until: string };
  "session-reused": { device: string; at: string };
  /** A sign-in was ended because it kept asking for what isn't its own. */
  "session-refused": { device: string; at: string };
  "deletion-asked": { until: string };
  "deletion-cancelled": Record<never, never>;
  "account-deleted": Record<never, never>;
  "job-completed": { title: string; link: string };
  /** Subtitles are there, but not in these languages, which are named in the reader's. */
  "job-partly-completed": { title: string; languages: string; link: string };
  "job-failed": { title: string; link: string };
  "credits-low": { available: number; level: number; link: string };
  "credits-expiring": { credits: number; days: number; at: string; link: string };
  /** A payment came in, and its credits were given. */
  "top-up-done": { credits: number; amountKrw: number; link: string };
  /** Money of a top-up is on its way back. */
  "refund-done": { amountKrw: number; link: string };
  /** The payment company refused; the credits are back. */
  "refund-rejected": { amountKrw: number; link: string };
  /** To operators: the money doesn't add up somewhere. */
  "money-finding": { code: string; subject: string; link: string };
  /** A video's files go soon whose time was bought. */
  "video-expiring": { title: string; at: string; link: string };
  /** Somebody has shared a video with the reader's account, or with an address without one. */
  "video-shared": { title: string; by: string; link: string };
  "video-shared-new": { title: string; by: string; email: string; link: string };
}

export type MailKind = keyof MailValues;

/** A mail to one person, in their language. */
export type MailRequest = {
  [Kind in MailKind]: {
    kind: Kind;
    to: string;
    /** Whose mail it is; goes with the account. */
    userId?: string | undefined;
    locale: Locale;
    values: MailValues[Kind];
  };
}[MailKind];

/** A mail as it is sent. */
export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** A mail in the outbox that stands in for a mail server. */
export interface OutboxMail extends RenderedMail {
  id: string;
  kind: MailKind;
  to: string;
  /** ISO 8601. */
  sentAt: string;
}
