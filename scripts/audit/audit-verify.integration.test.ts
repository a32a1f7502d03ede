import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";

let app: TestApp;
const script = path.resolve(import.meta.dirname, "../audit-verify.mjs");

beforeAll(async () => {
  app = await startTestApp();
  const { recordAudit } = await import("@/lib/audit/service");
  const { writeCheckpoint } = await import("@/lib/audit/checkpoints");
  for (let n = 0; n < 3; n++) await recordAudit({ name: "authn_login_success" });
  await writeCheckpoint();
});
afterAll(() => app.stop());

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a person would, with these variables over the test's. */
function verify(variables: Record<string, string>): Promise<Outcome> {
  const env = { ...process.env, ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, [script], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

async function tamper(sql: string) {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query(
    `ALTER TABLE audit_events DISABLE TRIGGER ALL; ${sql}; ALTER TABLE audit_events ENABLE TRIGGER ALL`,
  );
  await client.end();
}

it("ends with 0 for a log nobody touched, and with 1 when it finds something", async () => {
  expect(await verify({})).toEqual({
    code: 0,
    stdout: "Rows checked: 4 (1 to 4)\nCheckpoints checked: 1\nFindings: 0\n",
    stderr: "",
  });
  await tamper("UPDATE audit_events SET level = 'warn' WHERE seq = 2");
  await tamper("DELETE FROM audit_events WHERE seq > 2");
  const { code, stdout } = await verify({});
  expect(code).toBe(1);
  expect(stdout.split("\n")).toEqual([
    "Rows checked: 2 (1 to 2)",
    "Checkpoints checked: 1",
    "Findings: 2",
    "  row 2: wrong_hash: was changed",
    "  row 3: missing_tail: was there when a checkpoint was made; the end of the log is missing",
    "",
  ]);
});

it("ends with 2 and the reason when it can't look", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "ax2-audit-"));
  try {
    const nothing = await verify({ DATABASE_URL: "", AX2_DATA_DIR: folder });
    expect(nothing).toMatchObject({ code: 2, stdout: "" });
    expect(nothing.stderr).toContain("never started");
    const unanswered = new URL(app.databaseUrl);
    unanswered.port = "9";
    const closed = await verify({ DATABASE_URL: unanswered.toString() });
    expect(closed).toMatchObject({ code: 2, stdout: "" });
    expect(closed.stderr).toMatch(/^The audit log could not be checked: .*reach.*\n$/);
    expect(closed.stderr).not.toContain(unanswered.password);
    const wrong = await verify({ AUTH_SECRET: "too short" });
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain("AUTH_SECRET");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
