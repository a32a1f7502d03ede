import "server-only";
import type { Whence } from "@/lib/audit/schema";
import { appendAudit } from "@/lib/audit/service";
import { endSessions } from "@/lib/auth/sessions";
import { AppError } from "@/lib/errors";
import { cancelJobsOfOwner } from "@/lib/jobs/service";
import { queueMail } from "@/lib/mail/service";
import { type Tx, transaction } from "@/lib/transaction";
import { deleteMediaOf } from "@/lib/videos/removal";
import { confirmsDeletion, graceMs } from "./deletion-policy";
import {
  deleteRowsOf,
  type LeavingAccount,
  lockAccount,
  makeTombstone,
  setDeletionRequested,
} from "./deletion-repo";

/** Who asks, as far as the audit log wants to know. */
interface Asking extends Whence {
  sessionId?: string | undefined;
}

/**
 * Begins the deletion of an account: its sign-ins end, what runs for it is cancelled and the files
 * of its videos go at once; subtitles and account stay for `deletionGraceDays`, in which a log-in
 * takes it back. Asking again changes nothing.
 * @throws {AppError} `confirmation_mismatch` unless the account's e-mail was typed, `not_found`
 */
export async function requestDeletion(options: {
  userId: string;
  confirmation: string;
  asking?: Asking;
  nowMs?: number;
}): Promise<void> {
  const { userId, confirmation, asking = {}, nowMs = Date.now() } = options;
  await transaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    if (!account || account.erasedAt) throw new AppError("not_found");
    if (!confirmsDeletion(account, confirmation)) throw new AppError("confirmation_mismatch");
    if (account.deletionRequestedAt) return;
    await beginDeletion(tx, userId, account, nowMs);
    appendAudit(tx, {
      name: "user_deletion_requested",
      level: "warn",
      actorId: userId,
      subjectId: userId,
      ...asking,
    });
  });
}

async function beginDeletion(
  tx: Tx,
  userId: string,
  account: LeavingAccount,
  nowMs: number,
): Promise<void> {
  await setDeletionRequested(tx, userId, new Date(nowMs));
  await cancelJobsOfOwner(tx, userId);
  await deleteMediaOf(tx, { ownerId: userId, nowMs });
  if (account.email) {
    const until = new Date(nowMs + graceMs).toISOString();
    const { email: to, locale } = account;
    await queueMail(tx, { kind: "deletion-asked", to, userId, locale, values: { until } });
  }
  await endSessions(tx, { userId, reason: "deletion", nowMs });
}

/** Begins the deletion of a visitor whom nobody has seen for long: they can't ask for it. */
export async function letVisitorGo(userId: string, nowMs = Date.now()): Promise<void> {
  await transaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    if (!account || account.erasedAt || account.deletionRequestedAt) return;
    await beginDeletion(tx, userId, account, nowMs);
    const detail = { reason: "visitor_unseen" };
    appendAudit(tx, { name: "user_deletion_requested", subjectId: userId, detail });
  });
}

/**
 * Makes sure that an account isn't on its way out until `tx` is through.
 * @throws {AppError} `not_found`
 */
export async function assertStays(tx: Tx, userId: string): Promise<void> {
  const account = await lockAccount(tx, userId);
  if (!account || account.erasedAt || account.deletionRequestedAt) throw new AppError("not_found");
}

/**
 * Closes a visitor whose work has gone to an account, within `tx`: what is left of them goes, but
 * for the pseudonym. Their objects in storage stay where they are: the videos' new owner has them.
 */
export async function closeVisitor(tx: Tx, userId: string, nowMs: number): Promise<void> {
  await endSessions(tx, { userId, reason: "claimed", nowMs });
  await setDeletionRequested(tx, userId, null);
  await makeTombstone(tx, userId, { email: null, erasedAt: new Date(nowMs) });
  await deleteRowsOf(userId, tx);
}

/**
 * Lets a person in who logs in within the time to think: whatever deletion was asked for is off.
 * Call it first in every transaction that opens a sign-in, whether a deletion is known of or not:
 * the lock it takes decides between a log-in, a deletion and an erasure at the same moment.
 * Answers whether there was something to cancel.
 * @throws {AppError} `credentials_rejected` when the account has been erased: there is none
 */
export async function cancelDeletion(tx: Tx, userId: string, from?: Whence): Promise<boolean> {
  const account = await lockAccount(tx, userId);
  if (!account || account.erasedAt) throw new AppError("credentials_rejected");
  if (!account.deletionRequestedAt) return false;
  await setDeletionRequested(tx, userId, null);
  if (account.email) {
    const { email: to, locale } = account;
    await queueMail(tx, { kind: "deletion-cancelled", to, userId, locale, values: {} });
  }
  appendAudit(tx, {
    name: "user_deletion_cancelled",
    actorId: userId,
    subjectId: userId,
    ...from,
  });
  return true;
}
