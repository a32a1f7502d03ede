import "server-only";
import { z } from "zod";
import { emailSchema } from "@/lib/accounts/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { openContent } from "./content";
import { renderMail } from "./render";
import { listSent, type MailRow } from "./repo";
import { isHomeAddress, isSameMachine } from "./same-machine";
import type { OutboxMail } from "./schema";

export const outboxQuery = z.object({ to: emailSchema.optional() });

/** Most mails that are looked through, newest first. */
const maxMails = 500;

/** Whether mails stay on this machine, to be read on the page /outbox. Reads the environment. */
export function isOutboxActive(): boolean {
  const { mailEngine, mode, APP_URL } = env();
  // A product that the world opens needs a mail server, whatever its mode: a proxy on the machine
  // that hides whose requests it passes on would open everybody's mails to them.
  return mailEngine === "outbox" && mode === "local" && isHomeAddress(APP_URL);
}

/** Who asks: whether the connection comes from this machine, and what it says about its way. */
export interface OutboxCaller {
  local: boolean;
  headers: Headers;
}

/** Whether this caller may read the outbox: its mails open accounts. */
export function isOutboxOpen({ local, headers }: OutboxCaller): boolean {
  return isOutboxActive() && local && isSameMachine(headers);
}

/**
 * Every mail in the outbox, or those to one address, newest first.
 * @throws {AppError} `not_found` where there is no outbox or it isn't open to the caller.
 */
export async function readOutbox(
  caller: OutboxCaller,
  { to }: z.output<typeof outboxQuery> = {},
): Promise<OutboxMail[]> {
  if (!isOutboxOpen(caller)) throw new AppError("not_found");
  const rows = await listSent(maxMails);
  const mails = await Promise.all(rows.map((row) => shown(row, to)));
  return mails.filter((mail) => mail !== undefined);
}

async function shown(row: MailRow, only: string | undefined): Promise<OutboxMail | undefined> {
  const content = openContent(row);
  if (!content || !row.sentAt || (only !== undefined && content.to !== only)) return undefined;
  const rendered = await renderMail({ ...row, values: content.values });
  return {
    id: row.id,
    kind: row.kind,
    to: content.to,
    sentAt: row.sentAt.toISOString(),
    ...rendered,
  };
}
