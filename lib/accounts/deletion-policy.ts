import { deletionGraceDays, emailSchema } from "./schema";

/** How long an account that is to be deleted can be taken back, in ms. */
export const graceMs = deletionGraceDays * 24 * 3_600_000;

/**
 * Whether `confirmation` is what has to be typed: the account's e-mail, or its name where it has
 * none. Case and the space around it don't matter.
 */
export function confirmsDeletion(
  account: { email: string | null; name: string },
  confirmation: string,
): boolean {
  if (account.email !== null) return emailSchema.safeParse(confirmation).data === account.email;
  const plain = (text: string) => text.normalize("NFKC").trim().toLowerCase();
  return plain(account.name) !== "" && plain(confirmation) === plain(account.name);
}
