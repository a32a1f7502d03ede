import "server-only";
import { historyKindOf, usageOf } from "./history-policy";
import type { MonthStatistics } from "./schema";
import { lastSeoulMonths, seoulMonthStart } from "./seoul";
import { jobsByMonth, type MovedRow, movedByMonth, spentByMonth } from "./statistics-repo";

/**
 * An account's months in Seoul up to this one, oldest first, empty ones too.
 * @param options `months` how many, from 1
 */
export async function creditStatistics(options: {
  ownerId: string;
  months: number;
  nowMs?: number;
}): Promise<MonthStatistics[]> {
  const { ownerId, nowMs = Date.now() } = options;
  const months = lastSeoulMonths(options.months, nowMs).map(emptyMonth);
  const from = new Date(seoulMonthStart(months[0]?.month ?? ""));
  const [moved, jobs, spent] = await Promise.all([
    movedByMonth(ownerId, from),
    jobsByMonth(ownerId, from),
    spentByMonth(ownerId, from),
  ]);
  const byName = new Map(months.map((each) => [each.month, each]));
  for (const row of moved) addMovement(byName.get(row.month), row);
  for (const row of jobs) {
    const month = byName.get(row.month);
    if (month) month.jobs = row.jobs;
  }
  for (const row of spent) {
    const month = byName.get(row.month);
    if (month) month.spentKrw = row.amountKrw;
  }
  return months;
}

function emptyMonth(month: string): MonthStatistics {
  const use = { used: 0, transcription: 0, translation: 0, retention: 0 };
  return { month, charged: 0, ...use, expired: 0, refunded: 0, spentKrw: 0, jobs: 0 };
}

function addMovement(month: MonthStatistics | undefined, row: MovedRow): void {
  if (!month) return;
  // What a refund took, and put back when it came to nothing.
  if (row.movement === "reversal") {
    month.refunded -= row.amount;
    return;
  }
  const kind = historyKindOf(row.movement);
  if (kind === "charge") month.charged += row.amount;
  else if (kind === "expiry") month.expired -= row.amount;
  else if (kind === "refund") month.refunded -= row.amount;
  else {
    month.used -= row.amount;
    const usage = usageOf(row.component);
    if (usage) month[usage] -= row.amount;
  }
}
