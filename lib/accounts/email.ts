/** Longest address, in UTF-16 units (RFC 5321, 4.5.3.1.3, less its brackets). */
export const maxEmail = 254;

/** Lower case and NFKC, so that look-alike spellings are one address. */
export function normaliseEmail(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

/**
 * Whether a normalised text could be an address at all: what a form asks before it sends. The
 * server's `emailSchema` is stricter, and decides.
 */
export function looksLikeEmail(email: string): boolean {
  return email.length <= maxEmail && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
}
