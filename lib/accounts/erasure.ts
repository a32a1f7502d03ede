import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { queueMail } from "@/lib/mail/service";
import { publishEvents } from "@/lib/outbox/service";
import { emptyPrefix } from "@/lib/storage/empty-prefix";
import { transaction } from "@/lib/transaction";
import { accountPrefix } from "@/lib/videos/keys";
import { videosElsewhere } from "@/lib/videos/removal";
import { graceMs } from "./deletion-policy";
import {
  accountsToErase,
  deleteRowsOf,
  lockAccount,
  makeTombstone,
  setDeletionRequested,
} from "./deletion-repo";

const hourMs = 3_600_000;

/**
 * Has every account erased whose time to think is over. One whose erasure was broken off counts
 * again each hour until it is through. Answers how many.
 */
export async function eraseDueAccounts(options: { nowMs?: number } = {}): Promise<number> {
  const { nowMs = Date.now() } = options;
  const due = await accountsToErase(new Date(nowMs - graceMs));
  const hour = Math.floor(nowMs / hourMs);
  await transaction((tx) =>
    publishEvents(
      tx,
      due.map((userId) => ({
        id: `account-erase-${userId}-${hour}`,
        name: "account/erase.requested" as const,
        data: { userId },
      })),
    ),
  );
  return due.length;
}

/**
 * Erases an account that is due: rows and objects go, the account's own row stays as a pseudonym
 * for the records. Broken off at any point, doing it again finishes it: the request stays noted
 * until the last object is gone. Answers whether there was something to erase.
 */
export async function eraseAccount(userId: string, nowMs = Date.now()): Promise<boolean> {
  if (!(await closeAccount(userId, nowMs))) return false;
  // Videos taken over from a visitor lie where the visitor's do: only their rows know.
  for (const prefix of await videosElsewhere(userId)) await emptyPrefix(prefix);
  await deleteRowsOf(userId);
  await emptyPrefix(accountPrefix(userId));
  await transaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    // Another process was faster.
    if (!account?.deletionRequestedAt) return;
    await setDeletionRequested(tx, userId, null);
    appendAudit(tx, { name: "user_deleted", level: "warn", subjectId: userId });
  });
  return true;
}

/**
 * The point of no return: a log-in that got here first has taken the deletion back, one that comes
 * later finds no account.
 */
function closeAccount(userId: string, nowMs: number): Promise<boolean> {
  return transaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    const { deletionRequestedAt } = account ?? {};
    if (!account || !deletionRequestedAt) return false;
    if (deletionRequestedAt.getTime() > nowMs - graceMs) return false;
    if (account.erasedAt) return true;
    const { email, locale } = account;
    // Without the account's id, or it would go with the account before it is sent.
    if (email) await queueMail(tx, { kind: "account-deleted", to: email, locale, values: {} });
    await makeTombstone(tx, userId, { email, erasedAt: new Date(nowMs) });
    return true;
  });
}
