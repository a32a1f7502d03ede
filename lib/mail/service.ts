import "server-only";
import { emailSchema } from "@/lib/accounts/schema";
import { isId, newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { publishEvent } from "@/lib/outbox/service";
import type { Tx } from "@/lib/transaction";
import { productHost, sender } from "./address";
import { openContent, sealContent } from "./content";
import { MailRefused } from "./engine";
import { mailEngine } from "./engines";
import { renderMail } from "./render";
import { deleteMails, findMail, insertMail, type MailRow, updateUnsent } from "./repo";
import type { MailRequest } from "./schema";

/**
 * Sends a mail if and only if `tx` commits.
 * @throws {ZodError} when `to` isn't an e-mail address.
 */
export async function queueMail(tx: Tx, mail: MailRequest): Promise<void> {
  const id = newId();
  const { kind, locale, userId = null } = mail;
  const sealed = sealContent(id, { to: emailSchema.parse(mail.to), values: { ...mail.values } });
  await insertMail(tx, { id, userId, kind, locale, sealed });
  await publishEvent(tx, { id: `mail-${id}`, name: "mail/requested", data: { mailId: id } });
}

/**
 * Hands a queued mail to the engine; does nothing for one that was sent, given up, or went with
 * its account. After a crash between the server's yes and ours the same mail goes out once more,
 * with the same Message-ID.
 * @throws {AppError} `mail_failed`: another try may succeed.
 */
export async function deliverMail(mailId: string): Promise<void> {
  const row = isId(mailId) ? await findMail(mailId) : undefined;
  if (!row || row.sentAt || !row.sealed) return;
  const content = openContent(row);
  if (!content) return noteFailure(row.id, "unreadable: sealed with another AUTH_SECRET");
  const engine = mailEngine();
  const messageId = `<${row.id}@${productHost()}>`;
  const rendered = await renderMail({ kind: row.kind, locale: row.locale, values: content.values });
  try {
    const headers = { "Auto-Submitted": "auto-generated" };
    await engine.send({ to: content.to, from: sender(), rendered, messageId, headers });
  } catch (error) {
    if (error instanceof MailRefused) return giveUp(row, `refused: ${error.reason}`);
    throw error;
  }
  const forget = engine.keepsContent ? {} : { sealed: "" };
  await updateUnsent(row.id, { sentAt: new Date(), messageId, error: null, ...forget });
}

/** For good: its links are of no use to anybody any more. */
async function giveUp(row: MailRow, error: string): Promise<void> {
  log("mail").warn({ mailId: row.id, kind: row.kind, error }, "a mail was given up");
  await updateUnsent(row.id, { error, sealed: "" });
}

/** Notes why every try failed; should somebody start another one, it can still succeed. */
export async function noteFailure(mailId: string, error: string): Promise<void> {
  log("mail").error({ mailId, error }, "a mail could not be sent");
  await updateUnsent(mailId, { error });
}

/** How long mails are kept, in ms. */
const keptMs = 30 * 24 * 3_600_000;

export function pruneMails(nowMs = Date.now()): Promise<number> {
  return deleteMails(new Date(nowMs - keptMs));
}
