import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { fixedClock } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import type { AuditEntry } from "./schema";

let app: TestApp;
let service: typeof import("./service");
let checkpoints: typeof import("./checkpoints");
let verification: typeof import("./verification");
let watch: typeof import("./watch");
let transactions: typeof import("@/lib/transaction");
/** A connection of somebody who has the database in hand. */
let intruder: pg.Client;

const [secret, nextSecret] = [
  "the first secret of 32 or more characters",
  "and the one after it which is as long as that",
];

async function load() {
  vi.resetModules();
  [service, checkpoints, verification, watch, transactions] = await Promise.all([
    import("./service"),
    import("./checkpoints"),
    import("./verification"),
    import("./watch"),
    import("@/lib/transaction"),
  ]);
}

/** Starts the product's modules anew, as with other variables. */
async function restartWith(variables: { AUTH_SECRET: string; AUTH_SECRET_PREVIOUS?: string }) {
  const { closeDatabase } = await import("@/lib/db");
  await closeDatabase();
  delete process.env.AUTH_SECRET_PREVIOUS;
  Object.assign(process.env, variables);
  await load();
}

beforeAll(async () => {
  app = await startTestApp({ AUTH_SECRET: secret });
  await load();
  intruder = new pg.Client({ connectionString: app.databaseUrl });
  await intruder.connect();
});
afterAll(async () => {
  await intruder.end();
  await app.stop();
});

/** Each test has a log of its own. */
beforeEach(async () => {
  await tamper("TRUNCATE audit_events");
  await rm(path.join(app.dataDir, "storage"), { recursive: true, force: true });
  await restartWith({ AUTH_SECRET: secret });
});

async function tamper(sql: string) {
  await intruder.query("ALTER TABLE audit_events DISABLE TRIGGER ALL");
  await intruder.query(sql);
  await intruder.query("ALTER TABLE audit_events ENABLE TRIGGER ALL");
}

const someone: AuditEntry = { name: "authn_login_success", actorId: newId(), subjectId: newId() };

async function record(count: number, entry: AuditEntry = someone) {
  for (let index = 0; index < count; index++) await service.recordAudit(entry);
}

async function findings(): Promise<string[]> {
  const report = await verification.verifyAuditLog();
  return report.findings.map(({ seq, problem }) => `${seq} ${problem}`);
}

async function rows() {
  return (await intruder.query("SELECT * FROM audit_events ORDER BY seq")).rows;
}

describe("recording", () => {
  it("keeps what it was told, and verifies as read from the database", async () => {
    const ids = { actorId: newId(), subjectId: newId(), sessionId: newId() };
    const detail = { text: '가 "😀" \\ \n', count: -0.1, big: 1e21, yes: true, none: null };
    await service.recordAudit({
      ...{ name: "user_updated", level: "warn", ...ids, requestId: "req-1" },
      ...{ network: "203.0.113.7", detail },
    });
    expect(await rows()).toMatchObject([
      {
        ...{ seq: "1", name: "user_updated", level: "warn", request_id: "req-1", detail },
        ...{ actor_id: ids.actorId, subject_id: ids.subjectId, session_id: ids.sessionId },
      },
    ]);
    expect(JSON.stringify(await rows())).not.toContain("203.0.113.7");
    expect(await findings()).toEqual([]);
  });

  it("takes what Postgres can't keep, and ids in capitals", async () => {
    await service.recordAudit({
      ...{ name: "authz_fail", actorId: newId().toUpperCase(), requestId: "a\0b" },
      detail: { path: `half \ud800 pair ${"x".repeat(5_000)}` },
    });
    const [row] = await rows();
    expect(row.request_id).toBe("a\ufffdb");
    expect(row.detail.path.startsWith("half \ufffd pair x")).toBe(true);
    expect(row.detail.path.length).toBe(200);
    expect(await findings()).toEqual([]);
  });

  it("of 50 at the same time leaves a chain without gaps whose time only rises", async () => {
    await Promise.all(Array.from({ length: 50 }, () => service.recordAudit(someone)));
    const all = await rows();
    expect(all.map((row) => row.seq)).toEqual(Array.from({ length: 50 }, (_, n) => `${n + 1}`));
    const times = all.map((row) => row.at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(await findings()).toEqual([]);
  });

  it("holds with its transaction: a rolled back one leaves no gap", async () => {
    const attempts = Array.from({ length: 20 }, (_, index) =>
      transactions.transaction(async (tx) => {
        await service.appendAudit(tx, someone);
        await service.appendAudit(tx, someone);
        if (index % 2 === 0) throw new Error("rolled back");
      }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect((await rows()).map((row) => row.seq)).toEqual(
      Array.from({ length: 20 }, (_, n) => `${n + 1}`),
    );
    expect(await findings()).toEqual([]);
  });

  it("tells the caller when it can't be done", async () => {
    await expect(service.recordAudit({ ...someone, actorId: "not an id" })).rejects.toThrow();
    expect(await rows()).toEqual([]);
  });
});

describe("the table", () => {
  it.each([
    ["UPDATE audit_events SET level = 'info' WHERE seq = 1"],
    ["DELETE FROM audit_events WHERE seq = 1"],
    ["TRUNCATE audit_events"],
  ])("refuses %s", async (sql) => {
    await record(1);
    await expect(intruder.query(sql)).rejects.toThrow("append-only");
    expect(await rows()).toHaveLength(1);
  });
});

describe("verification", () => {
  it("of an empty log finds nothing", async () => {
    expect(await verification.verifyAuditLog()).toEqual({
      ...{ rows: 0, firstSeq: null, lastSeq: null, checkpoints: 0, findings: [] },
    });
  });

  it.each([
    [
      "an edited row",
      "UPDATE audit_events SET detail = '{\"x\":1}' WHERE seq = 3",
      ["3 wrong_hash"],
    ],
    [
      "a row moved in time by a millisecond",
      "UPDATE audit_events SET at = at + interval '1 millisecond' WHERE seq = 3",
      ["3 wrong_hash"],
    ],
    [
      "a row that was removed",
      "DELETE FROM audit_events WHERE seq = 3",
      ["4 gap", "4 wrong_previous_hash"],
    ],
    [
      "a row that was removed, and the gap closed",
      "DELETE FROM audit_events WHERE seq = 4; UPDATE audit_events SET seq = seq - 1 WHERE seq > 4",
      ["4 wrong_previous_hash", "4 wrong_hash", "5 wrong_hash"],
    ],
    [
      "a row before the first",
      "INSERT INTO audit_events SELECT 0, gen_random_uuid(), at, name, level, actor_id, subject_id, session_id, request_id, network_hash, detail, key_id, previous_hash, hash FROM audit_events WHERE seq = 1",
      ["0 gap", "0 wrong_hash", "1 wrong_previous_hash"],
    ],
  ])("finds %s", async (_, sql, expected) => {
    await record(6);
    expect(await findings()).toEqual([]);
    await tamper(sql);
    expect(await findings()).toEqual(expected);
  });

  it("goes on page by page through a long log", async () => {
    await record(3);
    await transactions.transaction(async (tx) => {
      for (let n = 0; n < 1_100; n++) await service.appendAudit(tx, someone);
    });
    expect(await verification.verifyAuditLog()).toMatchObject({ rows: 1_103, findings: [] });
    await tamper("UPDATE audit_events SET level = 'warn' WHERE seq = 1050");
    expect(await findings()).toEqual(["1050 wrong_hash"]);
  });
});

describe("checkpoints", () => {
  const folder = () => path.join(app.dataDir, "storage");
  const stored = async () => {
    const names = await readdir(folder(), { recursive: true }).catch(() => []);
    const found = names.filter((name) => /audit.*checkpoints.*-\d+\.json$/.test(name)).sort();
    return found.map((name) => path.join(folder(), name));
  };

  it("are made when something was recorded since the last one, and not otherwise", async () => {
    expect(await checkpoints.writeCheckpoint()).toBeUndefined();
    await record(3);
    const clock = fixedClock(Date.UTC(2026, 10, 27, 3));
    expect(await checkpoints.writeCheckpoint(clock)).toMatchObject({ seq: 3n });
    expect(await checkpoints.writeCheckpoint(clock)).toBeUndefined();
    await record(1);
    clock.advance(3_600_000);
    expect(await checkpoints.writeCheckpoint(clock)).toMatchObject({ seq: 5n });
    expect((await checkpoints.readCheckpoints()).map(({ seq }) => seq)).toEqual([3n, 5n]);
    const { storage } = await import("@/lib/storage");
    const { objects } = await storage().list("");
    expect(objects.map(({ pathname }) => pathname)).toEqual([
      "audit/checkpoints/2026-11-27T03-00-00.000Z-3.json",
      "audit/checkpoints/2026-11-27T04-00-00.000Z-5.json",
    ]);
    const report = await verification.verifyAuditLog();
    expect(report).toMatchObject({ rows: 6, checkpoints: 2 });
  });

  it("show that the end was cut off, even when the log went on since", async () => {
    await record(5);
    await checkpoints.writeCheckpoint();
    await tamper("DELETE FROM audit_events WHERE seq > 3");
    expect(await findings()).toEqual(["5 missing_tail"]);
    await record(4);
    expect(await findings()).toEqual(["5 checkpoint_mismatch"]);
    await tamper("TRUNCATE audit_events");
    expect(await findings()).toEqual(["5 missing_tail"]);
  });

  it("are missed when they were removed, and recognised when they were changed", async () => {
    await record(2);
    await checkpoints.writeCheckpoint();
    await record(1);
    await checkpoints.writeCheckpoint();
    expect(await findings()).toEqual([]);
    const [first = "", second = ""] = await stored();
    await writeFile(first, (await readFile(first, "utf8")).replace('"seq":"2"', '"seq":"1"'));
    await writeFile(second, "no JSON");
    expect(await findings()).toEqual([
      "1 checkpoint_forged",
      "4 checkpoint_forged",
      "2 checkpoint_missing",
    ]);
    await rm(second);
    expect(await findings()).toContain("4 checkpoint_missing");
  });
});

it("verifies while the product records and makes checkpoints", async () => {
  await record(5);
  const recording = (async () => {
    for (let n = 0; n < 20; n++) {
      await record(3);
      await checkpoints.writeCheckpoint();
    }
  })();
  const seen = [];
  for (let n = 0; n < 20; n++) seen.push(...(await findings()));
  await recording;
  expect(seen).toEqual([]);
  expect(await verification.verifyAuditLog()).toMatchObject({ checkpoints: 20, findings: [] });
});

describe("a new AUTH_SECRET", () => {
  it("seals what comes next, and the one before it still opens the rest", async () => {
    await record(2);
    await checkpoints.writeCheckpoint();
    await restartWith({ AUTH_SECRET: nextSecret, AUTH_SECRET_PREVIOUS: secret });
    await record(2);
    await checkpoints.writeCheckpoint();
    expect(await verification.verifyAuditLog()).toMatchObject({
      ...{ rows: 6, checkpoints: 2, findings: [] },
    });
    expect(new Set((await rows()).map((row) => row.key_id)).size).toBe(2);
    await restartWith({ AUTH_SECRET: nextSecret });
    expect(await findings()).toEqual([
      "2 unknown_key",
      "1 unknown_key",
      "2 unknown_key",
      "3 unknown_key",
    ]);
  });
});

describe("watching", () => {
  const nowMs = Date.UTC(2026, 10, 27, 12);
  const minute = 60_000;
  const network = "203.0.113.7";
  const at = (ms: number, entry: AuditEntry) => service.recordAudit(entry, fixedClock(ms));
  const failure = (account: string, change: Partial<AuditEntry> = {}): AuditEntry => ({
    ...{ name: "authn_login_fail", network, detail: { account }, ...change },
  });

  it("counts the accounts a network failed for, each once, in ten minutes", async () => {
    await at(nowMs - 10 * minute, failure("too old"));
    await at(nowMs - minute, failure("elsewhere", { network: "198.51.100.1" }));
    await at(nowMs - minute, failure("other", { name: "authn_login_success" }));
    for (const account of ["a", "b", "c", "a", "d"]) await at(nowMs - 9 * minute, failure(account));
    expect(await watch.failingAccountsOnNetwork({ network, nowMs })).toBe(4);
    expect(await watch.watchLogInFailure({ network, nowMs })).toEqual([]);
    await at(nowMs, failure("e"));
    expect(await watch.watchLogInFailure({ network, nowMs })).toEqual([
      { rule: "credential_stuffing", accounts: 5 },
    ]);
    expect(await watch.watchLogInFailure({ network: undefined, nowMs })).toEqual([]);
  });

  it("counts failures since the account was last opened, for a day", async () => {
    const subjectId = newId();
    const fail = (ms: number) => at(ms, failure("a", { subjectId }));
    const places = { knownDevice: true, known: [], network: null };
    await fail(nowMs - 24 * 60 * minute);
    for (let n = 0; n < 4; n++) await fail(nowMs - 23 * 60 * minute);
    await at(nowMs - minute, failure("b", { subjectId: newId() }));
    expect(await watch.failuresBeforeSuccess({ subjectId, nowMs })).toBe(4);
    await fail(nowMs - minute);
    expect(await watch.watchLogInSuccess({ subjectId, ...places, nowMs })).toEqual([
      { rule: "success_after_failures", failures: 5 },
    ]);
    for (const name of ["authn_login_success", "authn_login_successafterfail"] as const) {
      await at(nowMs, { name, subjectId });
      expect(await watch.failuresBeforeSuccess({ subjectId, nowMs })).toBe(0);
      await fail(nowMs);
      expect(await watch.failuresBeforeSuccess({ subjectId, nowMs })).toBe(1);
    }
  });

  it("counts a person's refusals in ten minutes", async () => {
    const actorId = newId();
    await at(nowMs - 10 * minute, { name: "authz_fail", actorId, network });
    await at(nowMs, { name: "authz_fail", actorId: newId(), network: "198.51.100.1" });
    await at(nowMs, { name: "authn_login_fail", actorId, network });
    const names = ["authz_fail", "malicious_direct_reference", "malicious_csrf"] as const;
    for (let n = 0; n < 20; n++) {
      await at(nowMs - minute, { name: names[n % 3] ?? "authz_fail", actorId, network });
    }
    expect(await watch.refusalsOf({ actorId, nowMs })).toBe(20);
    expect(await watch.watchRefusal({ actorId, nowMs })).toEqual([]);
    await at(nowMs, { name: "malicious_csrf", network });
    expect(await watch.watchRefusal({ actorId, nowMs })).toEqual([]);
    await at(nowMs, { name: "malicious_csrf", actorId });
    expect(await watch.watchRefusal({ actorId, nowMs })).toEqual([
      { rule: "many_refusals", refusals: 21 },
    ]);
  });
});
