import "server-only";
import { type Clock, systemClock } from "@/lib/clock";
import { knownRequestId } from "@/lib/http/request-id";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { currentKey, keyedHash } from "@/lib/seal";
import { beforeCommit, type Tx, transaction } from "@/lib/transaction";
import { type ChainEntry, hashRow } from "./chain";
import { insertRow, lockHead } from "./repo";
import type { AuditEntry } from "./schema";

/**
 * The audit log: who did what to whose account, when and from where. Each row is sealed to the one
 * before it. Nothing deletes from it: Korea's safety-measure standard for personal data (Art. 8)
 * has operators' access records kept for two years, and a row taken out would break the chain.
 * Erasing a person leaves it whole, because it knows people by id and places by keyed hash only.
 */

/** No text in `detail` or a request id is longer, in characters; a stranger may have chosen it. */
const maxTextLength = 200;

/**
 * Records `entry` in the caller's transaction: both hold or none. It is written as the last thing
 * before the commit, when every other append waits; entries of one transaction keep their order.
 */
export function appendAudit(tx: Tx, entry: AuditEntry, clock: Clock = systemClock): void {
  const facts = stored(entry);
  beforeCommit(tx, async (last) => append(last, facts, clock));
}

async function append(tx: Tx, facts: Facts, clock: Clock): Promise<void> {
  const key = currentKey("audit");
  const head = await lockHead(tx);
  const nowMs = clock.now();
  // The time is read under the lock, so that it rises with `seq`.
  const row = {
    ...facts,
    seq: head.seq + 1n,
    id: newId(nowMs),
    at: new Date(nowMs),
    keyId: key.id,
  };
  const hash = hashRow(row, head.hash, key.bytes);
  await insertRow(tx, { ...row, previousHash: head.hash, hash });
  // For whoever watches the logs: these want a person's eyes soon.
  if (row.level === "critical") log("audit").error({ seq: String(row.seq), name: row.name });
}

/** Records `entry` in a transaction of its own. Throws when it couldn't: the caller decides. */
export function recordAudit(entry: AuditEntry, clock: Clock = systemClock): Promise<void> {
  return transaction(async (tx) => appendAudit(tx, entry, clock));
}

type Facts = Omit<ChainEntry, "seq" | "id" | "at" | "keyId">;

/** Exactly what the database will give back: a row that changes on its way couldn't be verified. */
function stored(entry: AuditEntry): Facts {
  const requestId = entry.requestId ?? knownRequestId();
  return {
    name: entry.name,
    level: entry.level ?? "info",
    actorId: entry.actorId?.toLowerCase() ?? null,
    subjectId: entry.subjectId?.toLowerCase() ?? null,
    sessionId: entry.sessionId?.toLowerCase() ?? null,
    requestId: requestId === undefined ? null : storableText(requestId),
    networkHash: entry.network === undefined ? null : keyedHash("pseudonyms", entry.network),
    detail: Object.fromEntries(
      Object.entries(entry.detail ?? {}).map(([name, value]) => [
        name,
        typeof value === "string" ? storableText(value) : value,
      ]),
    ),
  };
}

/** Without what Postgres refuses in a text: NUL and halves of surrogate pairs. */
function storableText(text: string): string {
  return text.slice(0, maxTextLength).toWellFormed().replaceAll("\0", "\uFFFD");
}
