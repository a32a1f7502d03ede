import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { noticeOperators } from "@/lib/notices/operators";
import { type Tx, transaction } from "@/lib/transaction";
import {
  countFindings,
  findFinding,
  findingView,
  lockFinding,
  lockFindingById,
  readFindings,
  updateFinding,
} from "./findings-repo";
import type {
  ChangeFindingInput,
  FindingRequest,
  FindingState,
  FindingView,
} from "./findings-schema";

export type { FindingRequest } from "./findings-schema";

/**
 * Notes a difference in the money for a person to look into, once a code and subject; seen again
 * it only moves its time and numbers. One that was called fixed and comes back opens again. An open
 * one is told to the operators, at most once a day.
 */
export async function raiseFinding(
  tx: Tx,
  request: FindingRequest,
  nowMs = Date.now(),
): Promise<void> {
  const { code, severity, subject, expected, actual } = request;
  const at = new Date(nowMs);
  const found = { code, severity, subject, expected, actual };
  const { row, isNew } = await lockFinding(tx, { ...found, id: newId(nowMs), at });
  const reopened = row.state === "fixed";
  const state = reopened ? "open" : row.state;
  if (!isNew) await updateFinding(tx, row.id, { severity, expected, actual, state, lastSeen: at });
  const isChanged = row.expected !== expected || row.actual !== actual;
  if (isNew || reopened || isChanged) {
    appendAudit(tx, {
      name: "money_finding",
      level: severity === "critical" ? "critical" : "warn",
      detail: { ...found, finding: row.id },
    });
  }
  if (state === "open") await noticeOperators(tx, { code, subject }, nowMs);
}

/** Findings, the one seen last first; `cursor` is the last one of the page before. */
export async function listFindings(options: {
  state?: FindingState | undefined;
  cursor?: string | undefined;
  limit: number;
}): Promise<{
  findings: FindingView[];
  counts: Record<FindingState, number>;
  nextCursor: string | null;
}> {
  const { state, cursor, limit } = options;
  const [rows, counts] = await Promise.all([
    readFindings({ state, after: cursor, limit: limit + 1 }),
    countFindings(),
  ]);
  const findings = rows.slice(0, limit);
  const more = rows.length > limit;
  return { findings, counts, nextCursor: more ? (findings.at(-1)?.id ?? null) : null };
}

/** @throws {AppError} `not_found` */
export async function getFinding(id: string): Promise<FindingView> {
  const finding = await findFinding(id);
  if (!finding) throw new AppError("not_found");
  return finding;
}

/**
 * Notes what a person found out about a finding or did about it.
 * @throws {AppError} `not_found`
 */
export function changeFinding(
  options: ChangeFindingInput & { findingId: string; actorId: string },
): Promise<FindingView> {
  const { findingId, actorId, state, note } = options;
  return transaction(async (tx) => {
    const row = await lockFindingById(tx, findingId);
    if (!row) throw new AppError("not_found");
    await updateFinding(tx, row.id, { state, note });
    const { code, subject } = row;
    appendAudit(tx, {
      name: "money_finding_changed",
      actorId,
      detail: { finding: row.id, code, subject, from: row.state, to: state, note },
    });
    return findingView({ ...row, state, note });
  });
}
