import { db } from "@/lib/db";
import { newId } from "@/lib/ids";
import type { MailRequest } from "@/lib/mail/schema";
import { transaction } from "@/lib/transaction";

/** The link of the mails made here. */
export const mailLink = "/sign-up/confirm?token=abc";

/** Queues a mail, to an address of its own unless told otherwise. */
export async function queueTestMail(mail: Partial<MailRequest> = {}) {
  const { queueMail } = await import("@/lib/mail/service");
  const to = mail.to ?? `${newId()}@example.test`;
  const base = { kind: "sign-up", locale: "ko", values: { link: mailLink } };
  await transaction((tx) => queueMail(tx, { ...base, ...mail, to } as MailRequest));
  const newest = await db().mail.findFirstOrThrow({ orderBy: { id: "desc" } });
  return { id: newest.id, to };
}

/** The mail's row as it is now. */
export function mailRow(id: string) {
  return db().mail.findUnique({ where: { id } });
}

export function changeMailRow(
  id: string,
  data: { sealed?: string; sentAt?: null; createdAt?: Date },
) {
  return db().mail.update({ where: { id }, data });
}

/** Everything stored about a mail, as one text. */
export async function mailRowText(id: string): Promise<string> {
  const rows = await db().$queryRaw<{ text: string }[]>`
    SELECT row_to_json(mails)::text AS text FROM mails WHERE id = ${id}::uuid`;
  return rows[0]?.text ?? "";
}

/** How many mails and how many events are stored. */
export async function storedCounts() {
  return { mails: await db().mail.count(), events: await db().outbox.count() };
}

/** The event that starts a mail's delivery. */
export function mailEvent(id: string) {
  return db().outbox.findUnique({ where: { id: `mail-${id}` } });
}

export function removeUser(id: string) {
  return db().user.delete({ where: { id } });
}
