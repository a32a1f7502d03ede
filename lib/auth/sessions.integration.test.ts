import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { auditOf, mailsTo, makeCaller, makeMember } from "@/lib/testing/people";
import type { SessionTokens } from "./sessions";

let app: TestApp;
let sessions: typeof import("./sessions");
let renewal: typeof import("./renewal");
let principals: typeof import("./principal");
let repo: typeof import("./repo");
let watch: typeof import("./session-watch");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [sessions, renewal, principals, repo, watch, { transaction }, { db }] = await Promise.all([
    import("./sessions"),
    import("./renewal"),
    import("./principal"),
    import("./repo"),
    import("./session-watch"),
    import("@/lib/transaction"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const caller = makeCaller();
type Member = Awaited<ReturnType<typeof makeMember>>;

async function open(
  member: Member,
  { remember = false, nowMs = Date.now() } = {},
): Promise<SessionTokens> {
  const session = await transaction((tx) =>
    sessions.startSession(tx, {
      userId: member.id,
      caller,
      kind: "browser",
      remember,
      methods: ["pwd"],
      nowMs,
    }),
  );
  return sessions.tokensOf(session, nowMs);
}

const renew = (refreshToken: string, nowMs?: number) =>
  renewal.renewSession({ refreshToken, caller }, nowMs);
const refused = { code: "refresh_rejected" };

/** Refresh tokens of a sign-in that could still be used. */
const liveTokens = (sessionId: string) =>
  db().refreshToken.count({ where: { sessionId, usedAt: null } });

describe("a sign-in", () => {
  it("speaks for its account while its row lives", async () => {
    const member = await makeMember();
    const { accessToken, sessionId } = await open(member);
    expect(await principals.principalOf(accessToken)).toMatchObject({
      userId: member.id,
      sessionId,
    });
    await sessions.endSession({ userId: member.id, sessionId, reason: "logout" });
    // The token itself would be good for minutes; the row decides.
    expect(await principals.principalOf(accessToken)).toBeUndefined();
    await expect(
      sessions.endSession({ userId: member.id, sessionId, reason: "logout" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    [false, 12 * hourMs, 24 * hourMs],
    [true, 14 * dayMs, 90 * dayMs],
  ])("kept %s ends after %i ms unused and %i ms in all", async (remember, idleMs, absoluteMs) => {
    const nowMs = Date.now();
    const unused = await open(await makeMember(), { remember, nowMs });
    await expect(renew(unused.refreshToken, nowMs + idleMs + 1)).rejects.toMatchObject(refused);

    let used = await open(await makeMember(), { remember, nowMs });
    const step = idleMs - hourMs;
    let atMs = nowMs;
    for (atMs += step; atMs < nowMs + absoluteMs; atMs += step) {
      used = await renew(used.refreshToken, atMs);
    }
    await expect(renew(used.refreshToken, nowMs + absoluteMs + 1)).rejects.toMatchObject(refused);
  });

  it("is nothing once its account is disabled", async () => {
    const member = await makeMember();
    const { accessToken, refreshToken } = await open(member);
    await db().user.update({ where: { id: member.id }, data: { disabledAt: new Date() } });
    expect(await principals.principalOf(accessToken)).toBeUndefined();
    await expect(renew(refreshToken)).rejects.toMatchObject(refused);
  });

  it("is listed behind the one that asks, the last used first", async () => {
    const member = await makeMember();
    const at = (hoursAgo: number) => open(member, { nowMs: Date.now() - hoursAgo * hourMs });
    const [asks, old, recent] = [await at(3), await at(2), await at(1)];
    const asking = { userId: member.id, currentId: asks.sessionId, networkLabel: null };
    const listed = await sessions.listSessions(asking);
    expect(listed.map(({ id }) => id)).toEqual([asks, recent, old].map((each) => each.sessionId));
  });

  it("of another is listed and ended by nobody else", async () => {
    const [mine, other] = [await makeMember(), await makeMember()];
    const [session, foreign] = [await open(mine), await open(other)];
    const asking = { userId: mine.id, currentId: session.sessionId, networkLabel: null };
    const listed = await sessions.listSessions(asking);
    expect(listed.map(({ id, current }) => [id, current])).toEqual([[session.sessionId, true]]);
    const end = { userId: mine.id, sessionId: foreign.sessionId, reason: "owner" };
    await expect(sessions.endSession(end)).rejects.toMatchObject({ code: "not_found" });
    expect(await principals.principalOf(foreign.accessToken)).toBeDefined();
  });

  it("goes with all others but the one that asks", async () => {
    const member = await makeMember();
    const [kept, ...others] = [await open(member), await open(member), await open(member)];
    await sessions.endOtherSessions({ userId: member.id, sessionId: kept.sessionId }, {});
    expect(await principals.principalOf(kept.accessToken)).toBeDefined();
    for (const { accessToken, refreshToken } of others) {
      expect(await principals.principalOf(accessToken)).toBeUndefined();
      await expect(renew(refreshToken)).rejects.toMatchObject(refused);
    }
    expect(await auditOf(member.id)).toContain("session_revoked");
  });

  it("is forgotten a month after its end, and not before", async () => {
    const member = await makeMember();
    const old = await open(member, { nowMs: Date.now() - 32 * dayMs });
    const recent = await open(member, { nowMs: Date.now() - 2 * dayMs });
    await sessions.pruneSessions();
    expect(await repo.findSession(old.sessionId)).toBeUndefined();
    expect(await repo.findSession(recent.sessionId)).toBeDefined();
  });

  it("tells whoever streams to it that it has ended", async () => {
    const member = await makeMember();
    const { sessionId } = await open(member);
    const ended = new Promise<void>((resolve) => void watch.onSessionEnd(sessionId, resolve));
    let other = false;
    const stop = await watch.onSessionEnd((await open(member)).sessionId, () => {
      other = true;
    });
    await sessions.endSession({ userId: member.id, sessionId, reason: "owner" });
    await ended;
    expect(other).toBe(false);
    stop();
  });
});

describe("a refresh token", () => {
  it("is good once; its successor goes on", async () => {
    const member = await makeMember();
    const first = await open(member);
    const second = await renew(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const third = await renew(second.refreshToken);
    expect(await principals.principalOf(third.accessToken)).toMatchObject({ userId: member.id });
    expect(await liveTokens(first.sessionId)).toBe(1);
  });

  it("presented fifty times at once leaves one live descendant, the same for all", async () => {
    const member = await makeMember();
    const { refreshToken, sessionId } = await open(member);
    const answers = await Promise.all(Array.from({ length: 50 }, () => renew(refreshToken)));
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
    expect(await liveTokens(sessionId)).toBe(1);
    expect(await db().refreshToken.count({ where: { sessionId } })).toBe(2);
    const next = answers[0]?.refreshToken ?? "";
    expect((await renew(next)).sessionId).toBe(sessionId);
  });

  it.each([
    ["ten seconds after its successor was made", 10_001, false],
    ["once its successor has been used", 1, true],
  ])("that comes back %s ends the family, is recorded and mailed", async (_, laterMs, usedNext) => {
    const member = await makeMember();
    const nowMs = Date.now();
    const first = await open(member, { nowMs });
    const second = await renew(first.refreshToken, nowMs);
    if (usedNext) await renew(second.refreshToken, nowMs);
    await expect(renew(first.refreshToken, nowMs + laterMs)).rejects.toMatchObject(refused);
    // The thief's and the owner's alike.
    await expect(renew(second.refreshToken, nowMs + laterMs)).rejects.toMatchObject(refused);
    expect(await principals.principalOf(second.accessToken)).toBeUndefined();
    expect(await auditOf(member.id)).toContain("authn_token_reuse");
    expect((await mailsTo(member.email)).map(({ kind }) => kind)).toContain("session-reused");
  });

  it("within ten seconds is the other tab's, or an answer that got lost", async () => {
    const nowMs = Date.now();
    const first = await open(await makeMember(), { nowMs });
    const second = await renew(first.refreshToken, nowMs);
    const again = await renew(first.refreshToken, nowMs + 10_000);
    expect(again.refreshToken).toBe(second.refreshToken);
  });

  it("reused beside fifty honest renewals still ends everything", async () => {
    const nowMs = Date.now();
    const first = await open(await makeMember(), { nowMs });
    const second = await renew(first.refreshToken, nowMs);
    const stolen = renew(first.refreshToken, nowMs + 20_000);
    const honest = Array.from({ length: 50 }, () => renew(second.refreshToken, nowMs + 20_000));
    await Promise.allSettled([stolen, ...honest]);
    await expect(stolen).rejects.toMatchObject(refused);
    await expect(renew(second.refreshToken, nowMs + 20_001)).rejects.toMatchObject(refused);
  });

  it("is stored as a hash, and unknown ones are refused", async () => {
    const { refreshToken, sessionId } = await open(await makeMember());
    const rows = await db().refreshToken.findMany({ where: { sessionId } });
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
    for (const wrong of ["", "x".repeat(43), rows[0]?.hash ?? ""]) {
      await expect(renew(wrong)).rejects.toMatchObject(refused);
    }
  });

  it("of an ended sign-in is noted once an hour, however often a page asks on", async () => {
    const noted = (sessionId: string) =>
      db().auditEvent.count({ where: { sessionId, name: "session_use_after_expire" } });
    const [one, other] = [await open(await makeMember()), await open(await makeMember())];
    for (const { userId, sessionId } of [one, other]) {
      await sessions.endSession({ userId, sessionId, reason: "logout" });
    }
    for (let round = 0; round < 3; round++) {
      await expect(renew(one.refreshToken)).rejects.toMatchObject(refused);
    }
    await expect(renew(other.refreshToken)).rejects.toMatchObject(refused);
    expect([await noted(one.sessionId), await noted(other.sessionId)]).toEqual([1, 1]);
  });

  it("is revoked with its sign-in, and revoking nothing is no error", async () => {
    const { refreshToken, accessToken } = await open(await makeMember());
    await renewal.revokeByToken({ refreshToken, caller });
    await renewal.revokeByToken({ refreshToken, caller });
    await renewal.revokeByToken({ refreshToken: "unknown", caller });
    expect(await principals.principalOf(accessToken)).toBeUndefined();
  });
});
