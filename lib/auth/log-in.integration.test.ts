import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import {
  auditOf,
  callerFrom,
  mailsTo,
  makeCaller,
  makeMember,
  testPassword,
} from "@/lib/testing/people";
import type { Caller } from "./caller";

let app: TestApp;
let logIn: typeof import("./log-in");
let opening: typeof import("./open-account");
let lockout: typeof import("./lockout");
let principals: typeof import("./principal");
let accounts: typeof import("@/lib/accounts/service");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [accounts, { transaction }, logIn, opening, lockout, principals, { db }] = await Promise.all([
    import("@/lib/accounts/service"),
    import("@/lib/transaction"),
    import("./log-in"),
    import("./open-account"),
    import("./lockout"),
    import("./principal"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

const wrong = "not the password of anybody";

const attempt = (email: string, password: string, caller: Caller = makeCaller()) =>
  logIn.checkPassword({ email, password, caller });

/** A whole log-in; answers what the browser then holds. */
async function enter(email: string, caller: Caller) {
  const { id: userId } = await attempt(email, testPassword, caller);
  const how = { kind: "browser", remember: false, methods: ["pwd"] } as const;
  return opening.openAccount({ userId, caller, ...how });
}

async function fail(email: string, times: number, caller?: Caller): Promise<string[]> {
  const codes: string[] = [];
  for (let guess = 0; guess < times; guess++) {
    codes.push(
      await attempt(email, wrong, caller).then(
        () => "in",
        (error: { code: string }) => error.code,
      ),
    );
  }
  return codes;
}

describe("a log-in", () => {
  it("is refused alike, and recorded alike, for an unknown account and a wrong password", async () => {
    const member = await makeMember();
    const nobody = `${newId()}@example.test`;
    const outcomes = await Promise.allSettled([
      attempt(member.email, wrong),
      attempt(nobody, wrong),
    ]);
    const refusal = {
      status: "rejected",
      reason: { code: "credentials_rejected", data: undefined },
    };
    expect(outcomes).toMatchObject([refusal, refusal]);
    const accounts = [member.email, nobody].map(lockout.accountPseudonym);
    const recorded = await db().auditEvent.findMany({ where: { name: "authn_login_fail" } });
    const seen = recorded.map((event) => (event.detail as { account: string }).account);
    expect(seen).toEqual(expect.arrayContaining(accounts));
    expect(JSON.stringify(recorded.map((row) => row.detail))).not.toContain("@");
  });

  it("of a disabled, erased or passwordless account is like one of none", async () => {
    for (const data of [
      { disabledAt: new Date() },
      { erasedAt: new Date() },
      { passwordHash: null },
    ]) {
      const member = await makeMember();
      await db().user.update({ where: { id: member.id }, data });
      await expect(attempt(member.email, testPassword)).rejects.toMatchObject({
        code: "credentials_rejected",
      });
    }
  });

  it("makes an old hash anew", async () => {
    const { hash } = await import("@node-rs/argon2");
    const member = await makeMember();
    const old = await hash(testPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    await db().user.update({ where: { id: member.id }, data: { passwordHash: old } });
    await attempt(member.email, testPassword);
    const row = await db().user.findUniqueOrThrow({ where: { id: member.id } });
    expect(row.passwordHash).not.toBe(old);
    expect(row.passwordHash).toContain("m=65536,t=3,p=1");
    await attempt(member.email, testPassword);
  });

  it("with a password that is changed at that moment neither opens nor brings it back", async () => {
    const { hash } = await import("@node-rs/argon2");
    const member = await makeMember();
    const old = await hash(testPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    const userId = member.id;
    await db().user.update({ where: { id: userId }, data: { passwordHash: old } });
    const { passwordHash } = await attempt(member.email, testPassword);
    const changed = await hash("another password altogether");
    await db().user.update({ where: { id: userId }, data: { passwordHash: changed } });
    const how = { kind: "browser", remember: false, methods: ["pwd"] } as const;
    const late = { userId, caller: makeCaller(), passwordHash, ...how };
    await expect(opening.openAccount(late)).rejects.toMatchObject({ code: "credentials_rejected" });
    expect(await db().authSession.count({ where: { userId } })).toBe(0);
    const renewed = await transaction((tx) =>
      accounts.renewPasswordHash(tx, { userId, from: old, to: "the old one, hashed anew" }),
    );
    expect(renewed).toBe(false);
    const row = await db().user.findUniqueOrThrow({ where: { id: userId } });
    expect(row.passwordHash).toBe(changed);
  });
});

describe("guessing one account's password", () => {
  it("pauses log-in after ten failures, right password or not, known account or not", async () => {
    const member = await makeMember();
    for (const email of [member.email, `${newId()}@example.test`]) {
      const codes = await fail(email, 11);
      expect(codes).toEqual([...Array(10).fill("credentials_rejected"), "log_in_locked"]);
    }
    const locked = await attempt(member.email, testPassword).catch((error: unknown) => error);
    expect(locked).toMatchObject({ code: "log_in_locked" });
    const { retryAfterMs } = locked as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(14 * 60_000);
    expect(retryAfterMs).toBeLessThanOrEqual(15 * 60_000);
    expect(await auditOf(member.id)).toContain("authn_login_lock");
    expect((await mailsTo(member.email)).map(({ kind }) => kind)).toEqual(["log-in-locked"]);
  });

  it("pauses for longer each time, until a log-in that works", async () => {
    const email = `${newId()}@example.test`;
    const pause = async () => {
      for (let count = 0; count < 9; count++) await lockout.noteFailure({ email });
      const lockedMs = (await lockout.noteFailure({ email }))?.lockedMs;
      await db().rateLimit.deleteMany({ where: { key: { startsWith: "logInFailures:" } } });
      return (lockedMs ?? 0) / 60_000;
    };
    expect([await pause(), await pause(), await pause()]).toEqual([15, 30, 60]);
    await lockout.forgetFailures({ email });
    expect(await pause()).toBe(15);
  });

  it("doesn't lock out the owner's own browser", async () => {
    const member = await makeMember();
    const own = makeCaller();
    await enter(member.email, own);
    await fail(member.email, 11);
    await expect(attempt(member.email, testPassword)).rejects.toMatchObject({
      code: "log_in_locked",
    });
    await expect(attempt(member.email, testPassword, own)).resolves.toMatchObject({
      id: member.id,
    });
    // It has tries of its own, and no more than anybody.
    expect((await fail(member.email, 11, own)).at(-1)).toBe("log_in_locked");
  });

  it("side by side tells no more guesses than one by one", async () => {
    const member = await makeMember();
    const guesses = Array.from({ length: 40 }, () => attempt(member.email, wrong));
    const codes = (await Promise.allSettled(guesses)).map((guess) =>
      guess.status === "rejected" ? guess.reason.code : "in",
    );
    const told = codes.filter((code) => code === "credentials_rejected").length;
    // Those under way when the tenth failed were judged already.
    expect(told).toBeLessThanOrEqual(10 + 4);
    expect(
      await db().auditEvent.count({ where: { subjectId: member.id, name: "authn_login_lock" } }),
    ).toBe(1);
  });
});

describe("guessing from one network", () => {
  it("is refused once five accounts failed from there, and nowhere else", async () => {
    const there = () => callerFrom(41);
    const members = await Promise.all(Array.from({ length: 6 }, makeMember));
    for (const member of members.slice(0, 5)) await fail(member.email, 1, there());
    const last = members[5]?.email ?? "";
    await expect(attempt(last, testPassword, there())).rejects.toMatchObject({
      code: "rate_limited",
    });
    await expect(attempt(last, testPassword, callerFrom(42))).resolves.toBeDefined();
    const recorded = await db().auditEvent.findMany({
      where: { name: "malicious_credential_stuffing" },
    });
    expect(recorded).toHaveLength(1);
    expect(recorded[0]?.level).toBe("critical");
  });

  it("ends after fifty tries in a quarter of an hour, whoever is tried", async () => {
    const caller = callerFrom(43);
    for (let count = 0; count < 50; count++) await logIn.countLogIn(caller);
    await expect(logIn.countLogIn(caller)).rejects.toMatchObject({ code: "rate_limited" });
    await expect(logIn.countLogIn(callerFrom(44))).resolves.toBeUndefined();
  });
});

describe("what the owner is told, and asked again", () => {
  const fresh = async (tokens: { accessToken: string }) =>
    (await principals.principalOf(tokens.accessToken))?.authenticatedAt;

  it("nothing on the first device, nor on one that is known", async () => {
    const member = await makeMember();
    const own = callerFrom(51);
    expect(await fresh(await enter(member.email, own))).toBeInstanceOf(Date);
    expect(await fresh(await enter(member.email, own))).toBeInstanceOf(Date);
    expect(await mailsTo(member.email)).toEqual([]);
  });

  it("a new device by mail; a new device in a new place proves itself again", async () => {
    const member = await makeMember();
    await enter(member.email, callerFrom(52));
    // Another browser of the same household.
    expect(await fresh(await enter(member.email, callerFrom(52)))).toBeInstanceOf(Date);
    const far = makeCaller({
      network: "198.51.100.7",
      networkLabel: "198.51.100.0/24",
      local: false,
    });
    expect(await fresh(await enter(member.email, far))).toBeNull();
    const mails = await mailsTo(member.email);
    expect(mails.map(({ kind }) => kind)).toEqual(["new-device", "new-device"]);
    expect(mails[1]?.values).toMatchObject({
      network: "198.51.100.0/24",
      device: "Chrome · Linux",
    });
    expect((await auditOf(member.id)).filter((name) => name === "authn_new_device")).toHaveLength(
      2,
    );
  });

  it("a log-in after five failures, which proves itself again", async () => {
    const member = await makeMember();
    const own = makeCaller();
    await enter(member.email, own);
    await fail(member.email, 5, own);
    expect(await fresh(await enter(member.email, own))).toBeNull();
    expect(await auditOf(member.id)).toContain("authn_login_successafterfail");
    expect((await mailsTo(member.email)).map(({ kind }) => kind)).toEqual([
      "log-in-after-failures",
    ]);
    // Once is enough.
    expect(await fresh(await enter(member.email, own))).toBeInstanceOf(Date);
  });

  it("that a deletion was taken back by logging in", async () => {
    const member = await makeMember();
    await db().user.update({ where: { id: member.id }, data: { deletionRequestedAt: new Date() } });
    await enter(member.email, makeCaller());
    const row = await db().user.findUniqueOrThrow({ where: { id: member.id } });
    expect(row.deletionRequestedAt).toBeNull();
    expect(await auditOf(member.id)).toContain("user_deletion_cancelled");
  });
});
