import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";

let app: TestApp;
let repo: typeof import("./repo");
let live: typeof import("./live-session");
let pruning: typeof import("./pruning");
let rates: typeof import("@/lib/http/rate");

beforeAll(async () => {
  app = await startTestApp();
  [repo, live, pruning, rates] = await Promise.all([
    import("./repo"),
    import("./live-session"),
    import("./pruning"),
    import("@/lib/http/rate"),
  ]);
});
afterAll(() => app.stop());

const dayMs = 24 * 3_600_000;

async function newSession(endsInMs: number) {
  const { id: userId } = await makeUser();
  const id = newId();
  const end = new Date(Date.now() + endsInMs);
  await repo.insertSession({
    id,
    userId,
    remember: false,
    userAgent: "test",
    idleExpiresAt: end,
    absoluteExpiresAt: end,
  });
  return { id, userId };
}

describe("a sign-in", () => {
  it("ends for good, and prolonging it afterwards changes nothing", async () => {
    const { id } = await newSession(dayMs);
    const endedAt = new Date(Date.now() - 1000);
    await repo.revokeSession(id, endedAt, "logout");
    await repo.revokeSession(id, new Date(), "again");
    await repo.touchSession(id, new Date(), new Date(Date.now() + dayMs));
    const row = await repo.findSession(id);
    expect(row?.revokedAt).toEqual(endedAt);
    expect(row?.idleExpiresAt.getTime()).toBeLessThan(Date.now() + dayMs);
  });

  it("of a disabled account isn't found", async () => {
    const { id, userId } = await newSession(dayMs);
    const { db } = await import("@/lib/db");
    await db().user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expect(await repo.findSession(id)).toBeUndefined();
  });

  it("is forgotten a month after its end, and not before", async () => {
    const [old, recent, live] = await Promise.all([
      newSession(-31 * dayMs),
      newSession(-dayMs),
      newSession(dayMs),
    ]);
    expect(await pruning.pruneSessions()).toBe(1);
    expect(await repo.findSession(old.id)).toBeUndefined();
    for (const { id } of [recent, live]) expect(await repo.findSession(id)).toBeDefined();
  });
});

describe("what a cookie is worth", () => {
  const cookieOf = ({ id, userId }: { id: string; userId: string }) => ({ sid: id, userId });

  it("is its row's account while that lives, and being used prolongs it", async () => {
    const session = await newSession(dayMs);
    const soonMs = Date.now() + 5 * 60_000;
    expect(await live.livePrincipal(cookieOf(session), soonMs)).toEqual({
      userId: session.userId,
      sessionId: session.id,
    });
    const row = await repo.findSession(session.id);
    expect(row?.lastSeenAt.getTime()).toBe(soonMs);
    expect(row?.idleExpiresAt.getTime()).toBe(soonMs + dayMs / 2);
  });

  it("is nothing once its time is over, unused or in all", async () => {
    const session = await newSession(dayMs);
    const cookie = cookieOf(session);
    expect(await live.livePrincipal(cookie, Date.now() + dayMs + 1)).toBeUndefined();
    // Used until the end, it still ends with the absolute limit.
    expect(await live.livePrincipal(cookie, Date.now() + dayMs - 60_000)).toBeDefined();
    expect(await live.livePrincipal(cookie, Date.now() + dayMs + 1)).toBeUndefined();
  });

  it("is nothing when it was ended, names another's row, or isn't one of ours", async () => {
    const [mine, other] = await Promise.all([newSession(dayMs), newSession(dayMs)]);
    const foreign = { sid: other.id, userId: mine.userId };
    for (const cookie of [foreign, { sid: newId(), userId: mine.userId }, { sid: "x" }, {}, null]) {
      expect(await live.livePrincipal(cookie)).toBeUndefined();
    }
    expect(await live.livePrincipal(cookieOf(mine))).toBeDefined();
    await repo.revokeSession(mine.id, new Date(), "logout");
    expect(await live.livePrincipal(cookieOf(mine))).toBeUndefined();
  });
});

describe("a rate", () => {
  it("holds exactly, also for calls at the same time and the longest names", async () => {
    const call = { name: "test", who: "x".repeat(1000), rate: { limit: 5, windowMs: 60_000 } };
    await rates.assertWithinRate(call);
    const calls = await Promise.allSettled(Array.from({ length: 12 }, () => rates.countCall(call)));
    expect(calls.filter((each) => each.status === "fulfilled")).toHaveLength(5);
    await expect(rates.assertWithinRate(call)).rejects.toMatchObject({ code: "rate_limited" });
    await rates.assertWithinRate({ ...call, who: "somebody else" });
  });
});
