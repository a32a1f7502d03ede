import {
  type InvariantFailure,
  invariantNames,
  invariants,
  type LedgerReport,
  shownFailures,
} from "@/lib/credits/invariants";

/** What the command prints about a verification. */
export function describeReport(report: LedgerReport): string {
  const { wallets, transactions, entries, reservations, orders, failures } = report;
  return [
    `Checked: ${wallets} wallets, ${transactions} transactions, ${entries} entries, ${reservations} reservations, ${orders} orders`,
    ...invariantNames.flatMap((name) => {
      const broken = failures.filter(({ invariant }) => invariant === name);
      const more = broken.length === shownFailures ? " or more" : "";
      const verdict = broken.length === 0 ? "ok    " : "BROKEN";
      const count = broken.length === 0 ? "" : ` (${broken.length}${more})`;
      return [`${verdict} ${name}: ${invariants[name]}${count}`, ...broken.map(describeFailure)];
    }),
    `Failures: ${failures.length}`,
  ].join("\n");
}

function describeFailure({ subject, expected, actual }: InvariantFailure): string {
  return `         ${subject}: expected ${expected}; found ${actual}`;
}
