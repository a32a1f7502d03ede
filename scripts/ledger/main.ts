/**
 * The program behind npm run ledger:verify. Everything is imported inside `try`: whatever keeps it
 * from looking must not end with 1, which stands for failures.
 */
export {};

try {
  const { verifyLedger } = await import("@/lib/credits/verify");
  const { closeDatabase } = await import("@/lib/db");
  const { describeReport } = await import("./report");
  const report = await verifyLedger();
  process.stdout.write(`${describeReport(report)}\n`);
  process.exitCode = report.failures.length > 0 ? 1 : 0;
  await closeDatabase();
} catch (error) {
  process.stderr.write(`The ledger could not be checked: ${reasonOf(error)}\n`);
  process.exitCode = 2;
}

/** Prisma shows the calling lines of code first; what went wrong is its last line. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isPrisma = error.name.startsWith("PrismaClient");
  return (isPrisma && error.message.trim().split("\n").at(-1)) || error.message;
}
