import "server-only";
import type { Locale } from "@/lib/accounts/schema";
import { db, type Tx } from "@/lib/db";
import type { MailKind } from "./schema";

export interface MailRow {
  id: string;
  kind: MailKind;
  locale: Locale;
  sealed: string;
  sentAt: Date | null;
  error: string | null;
  createdAt: Date;
}

export async function insertMail(
  tx: Tx,
  mail: { id: string; userId: string | null; kind: MailKind; locale: Locale; sealed: string },
): Promise<void> {
  await tx.mail.create({ data: mail });
}

export async function findMail(id: string): Promise<MailRow | undefined> {
  const row = await db().mail.findUnique({ where: { id } });
  return row ? typed(row) : undefined;
}

/** Changes a mail that hasn't been sent yet; one that has stays as it is. */
export async function updateUnsent(
  id: string,
  data: { sentAt?: Date; messageId?: string; sealed?: string; error: string | null },
): Promise<void> {
  await db().mail.updateMany({ where: { id, sentAt: null }, data });
}

/** Mails that were sent and still have their content, newest first. */
export async function listSent(limit: number): Promise<MailRow[]> {
  const rows = await db().mail.findMany({
    where: { sentAt: { not: null }, sealed: { not: "" } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return rows.map(typed);
}

/** `insertMail` is the only one that writes kinds and locales. */
function typed(row: Omit<MailRow, "kind" | "locale"> & { kind: string; locale: string }): MailRow {
  return { ...row, kind: row.kind as MailKind, locale: row.locale as Locale };
}

/** Removes mails made before `before`. */
export async function deleteMails(before: Date): Promise<number> {
  const { count } = await db().mail.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}
