import { describeOrphans } from "./report";

/**
 * The program behind npm run accounts:orphans. What reads the configuration is imported inside
 * `try`: whatever keeps it from looking must not end with 1, which stands for findings.
 */
try {
  const { findOrphans } = await import("@/lib/accounts/orphans");
  const { closeDatabase } = await import("@/lib/db");
  const orphans = await findOrphans();
  process.stdout.write(`${describeOrphans(orphans)}\n`);
  process.exitCode = orphans.length > 0 ? 1 : 0;
  await closeDatabase();
} catch (error) {
  process.stderr.write(
    `Orphans could not be looked for: ${error instanceof Error ? error.message : error}\n`,
  );
  process.exitCode = 2;
}
