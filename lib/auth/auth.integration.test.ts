import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";

let app: TestApp;
let repo: typeof import("./repo");
let pruning: typeof import("./pruning");
let rates: typeof import("@/lib/http/rate");

beforeAll(async () => {
  app = await startTestApp();
  [repo, pruning, rates] = await Promise.all([
    import("./repo"),
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
