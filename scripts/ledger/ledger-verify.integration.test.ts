import { execFile } from "node:child_process";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { openLedger } from "@/lib/testing/ledger";
import { fillBooks } from "@/lib/testing/ledger-books";

let app: TestApp;
const script = path.resolve(import.meta.dirname, "../ledger-verify.mjs");

beforeAll(async () => {
  app = await startTestApp();
  await fillBooks(await openLedger());
});
afterAll(() => app.stop());

/** Runs the command as a person would, with these variables over the test's. */
function verify(variables: Record<string, string> = {}) {
  const env = { ...process.env, ...variables };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [script], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

it("ends with 0 where everything adds up, and with 1 and both numbers where it doesn't", async () => {
  const fine = await verify();
  expect(fine).toMatchObject({ code: 0, stderr: "" });
  expect(fine.stdout).toMatch(
    /^Checked: 3 wallets, 18 transactions, \d+ entries, 2 reservations, 2 orders\n/,
  );
  expect(fine.stdout.match(/^ok {5}/gm)).toHaveLength(15);
  expect(fine.stdout).toMatch(/\nFailures: 0\n$/);
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query("UPDATE credit_lots SET remaining = 59 WHERE source = 'goodwill'");
  await client.end();
  const broken = await verify();
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(
    /\nBROKEN lot_balances: .* \(1\)\n.*: expected granted 60, remaining 60, held 0; found granted 60, remaining 59, held 0\n/,
  );
  expect(broken.stdout).toMatch(/\nFailures: 1\n$/);
});

it("ends with 2 and the reason when it can't look", async () => {
  const unanswered = new URL(app.databaseUrl);
  unanswered.port = "9";
  const closed = await verify({ DATABASE_URL: unanswered.toString() });
  expect(closed).toMatchObject({ code: 2, stdout: "" });
  expect(closed.stderr).toMatch(/^The ledger could not be checked: .*\n$/);
  expect(closed.stderr).not.toContain(unanswered.password);
});
