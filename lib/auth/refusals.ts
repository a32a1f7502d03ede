import "server-only";
import { findRecipient } from "@/lib/accounts/service";
import { hasOpened, ownerOfObject } from "@/lib/audit/objects";
import type { AuditName } from "@/lib/audit/schema";
import { recordAudit } from "@/lib/audit/service";
import { watchRefusal } from "@/lib/audit/watch";
import { type AppError, errorTable } from "@/lib/errors";
import { countUp } from "@/lib/http/rate";
import { log } from "@/lib/log";
import { queueMail } from "@/lib/mail/service";
import { transaction } from "@/lib/transaction";
import { type Caller, currentCaller, whence } from "./caller";
import type { Principal } from "./principal";
import { endSession } from "./sessions";

/** So many refusals of one kind from one caller are written down in ten minutes, then no more. */
const recorded = { limit: 50, windowMs: 600_000 };

interface Refusal {
  error: AppError;
  principal: Principal | undefined;
  /** The object that was asked for, if one was. */
  objectId: string | undefined;
  /** The route, with ids taken out. */
  route: string;
  /** Another site led the browser here: the person may not have wanted it. */
  led?: boolean;
}

/**
 * Writes down what a request was refused for, when it matters to an auditor, and ends a sign-in
 * that keeps reaching for what isn't its own. Never fails the answer.
 */
export async function noteRefusal(refusal: Refusal): Promise<void> {
  try {
    const name = await auditName(refusal);
    if (name) await record(name, refusal, await currentCaller());
  } catch (error) {
    log("auth").error({ err: error }, "a refusal could not be recorded");
  }
}

/**
 * Writes down that another site posted to a page. Such a post never reaches a route, and whoever
 * it would have acted for isn't looked up.
 */
export async function noteForeignPost(caller: Caller): Promise<void> {
  try {
    await record("malicious_csrf", { principal: undefined, route: "POST page" }, caller);
  } catch (error) {
    log("auth").error({ err: error }, "a refusal could not be recorded");
  }
}

async function auditName({
  error,
  principal,
  objectId,
  led,
}: Refusal): Promise<AuditName | undefined> {
  const { audited } = errorTable[error.code];
  // Of a whole window of refusals the first is worth a record.
  if (error.code === "rate_limited" && !error.first) return undefined;
  if (audited) return audited;
  if (error.code !== "not_found" || !principal || !objectId) return undefined;
  // It would not be their doing, or else any site could put its visitors out.
  if (led) return undefined;
  // It exists, and is somebody else's: they see 404 like for nothing, the log sees the difference.
  const owner = await ownerOfObject(objectId);
  if (!owner || owner === principal.userId) return undefined;
  // A page that is still open when sharing ends asks on for a moment: no attack of its reader's.
  if (await hasOpened(principal.userId, objectId)) return undefined;
  return "malicious_direct_reference";
}

async function record(
  name: AuditName,
  refusal: Pick<Refusal, "principal" | "route">,
  caller: Caller,
): Promise<void> {
  const { principal, route } = refusal;
  const who = principal?.userId ?? caller.network ?? "stranger";
  const count = await countUp({ name: `refused ${name}`, who, rate: recorded });
  if (count > recorded.limit) return;
  await recordAudit({
    name,
    level: "warn",
    actorId: principal?.userId,
    sessionId: principal?.sessionId,
    ...whence(caller),
    detail: { route },
  });
  if (principal) await endWhenTooMany(principal, caller);
}

async function endWhenTooMany(principal: Principal, caller: Caller): Promise<void> {
  const { userId, sessionId } = principal;
  const findings = await watchRefusal({ actorId: userId });
  if (findings.length === 0) return;
  await endSession({ userId, sessionId, reason: "many_refusals", from: whence(caller) });
  const owner = await findRecipient(userId);
  if (!owner) return;
  const values = { device: caller.device, at: new Date().toISOString() };
  await transaction((tx) => queueMail(tx, { kind: "session-refused", ...owner, values }));
}
