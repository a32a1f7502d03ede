import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { auditOf, callerFrom, makeCaller } from "@/lib/testing/people";

let app: TestApp;
let device: typeof import("./device");
let service: typeof import("./service");
let sweep: typeof import("./sweep");
let welcome: typeof import("./welcome");
let uploads: typeof import("./visitor-uploads");
let erasure: typeof import("@/lib/accounts/erasure");
let principal: typeof import("@/lib/auth/principal");
let credits: typeof import("@/lib/credits/balance");
let jobs: typeof import("@/lib/jobs/service");
let transaction: typeof import("@/lib/transaction").transaction;

const capOfAll = 40;
const dayMs = 24 * 3_600_000;

beforeAll(async () => {
  app = await startTestApp({ TRIAL_VISITORS_PER_DAY: String(capOfAll) });
  [device, service, sweep, welcome, uploads, erasure, principal, credits] = await Promise.all([
    import("./device"),
    import("./service"),
    import("./sweep"),
    import("./welcome"),
    import("./visitor-uploads"),
    import("@/lib/accounts/erasure"),
    import("@/lib/auth/principal"),
    import("@/lib/credits/balance"),
  ]);
  [jobs, { transaction }] = await Promise.all([
    import("@/lib/jobs/service"),
    import("@/lib/transaction"),
  ]);
});
afterAll(() => app.stop());

/** Days far apart, so that tests don't use up each other's. */
let day = 0;
const nextDay = () => Date.now() + ++day * 40 * dayMs;

const start = (options: Partial<Parameters<typeof service.startTrial>[0]> = {}) =>
  service.startTrial({ caller: makeCaller(), trialCookie: undefined, locale: "ko", ...options });

/** How many of these went through, and why the others didn't. */
async function counted(tries: Promise<unknown>[]) {
  const outcomes = await Promise.allSettled(tries);
  const codes = outcomes.flatMap((each) =>
    each.status === "rejected" ? [AppError.is(each.reason) ? each.reason.code : each.reason] : [],
  );
  return { through: outcomes.length - codes.length, codes: [...new Set(codes)] };
}

describe("the device's cookie", () => {
  it("is read back, and nothing else is", () => {
    const id = device.newDeviceId();
    const cookie = device.trialCookie(id);
    expect(device.readTrialCookie(cookie)).toBe(id);
    const [, mac = ""] = cookie.split(".");
    const other = device.newDeviceId();
    for (const forged of [
      undefined,
      "",
      id,
      `${id}.`,
      `${other}.${mac}`,
      `${id}.${randomBytes(32).toString("base64url")}`,
      `${id}.${device.deviceHash(id)}`,
      `${cookie}x`,
      ` ${cookie}`,
    ]) {
      expect(device.readTrialCookie(forged), forged).toBeUndefined();
    }
  });

  it("isn't what the database knows", () => {
    const id = device.newDeviceId();
    expect(device.trialCookie(id)).not.toContain(device.deviceHash(id));
    expect(device.deviceHash(id)).not.toBe(id);
  });
});

describe("starting", () => {
  it("makes a visitor with 30 credits and a browser sign-in", async () => {
    const { tokens, trialCookie, created } = await start({ locale: "en" });
    expect(created).toBe(true);
    const row = await db().user.findUniqueOrThrow({ where: { id: tokens.userId } });
    expect(row).toMatchObject({ visitor: true, email: null, name: "", locale: "en" });
    expect(await credits.availableCredits(tokens.userId)).toBe(30);
    expect(await principal.principalOf(tokens.accessToken)).toMatchObject({
      userId: tokens.userId,
      kind: "browser",
      visitor: true,
      authenticatedAt: null,
    });
    expect(tokens.remember).toBe(true);
    expect(await auditOf(tokens.userId)).toEqual(
      expect.arrayContaining(["trial_started", "credits_granted", "session_created"]),
    );
    expect(await service.trialView({ trialCookie, principal: undefined })).toEqual({
      ...{ state: "active", credits: 30, videos: 0, jobs: 0 },
    });
  });

  it("again on the same device finds the same visitor, and gives nothing more", async () => {
    const nowMs = nextDay();
    const first = await start({ nowMs });
    const { trialCookie } = first;
    const again = await start({ trialCookie, nowMs: nowMs + 13 * dayMs });
    expect(again).toMatchObject({ trialCookie, created: false });
    expect(again.tokens.userId).toBe(first.tokens.userId);
    expect(again.tokens.sessionId).not.toBe(first.tokens.sessionId);
    expect(await credits.availableCredits(first.tokens.userId, nowMs)).toBe(30);
  });

  it("again many times at once is one visitor", async () => {
    const id = device.newDeviceId();
    const trialCookie = device.trialCookie(id);
    const started = await Promise.all([1, 2, 3, 4, 5].map(() => start({ trialCookie })));
    expect(new Set(started.map(({ tokens }) => tokens.userId)).size).toBe(1);
    expect(started.filter(({ created }) => created)).toHaveLength(1);
  });

  it("is over when the credits have run out and there is no work", async () => {
    const nowMs = nextDay();
    const { trialCookie, tokens } = await start({ nowMs });
    const later = { trialCookie, nowMs: nowMs + 15 * dayMs };
    await expect(start(later)).rejects.toMatchObject({ code: "trial_over" });
    expect(await service.trialView({ ...later, principal: undefined })).toMatchObject({
      state: "over",
    });
    await makeVideo({ ownerId: tokens.userId });
    await expect(start(later)).resolves.toMatchObject({ created: false });
  });

  it("with a forged cookie is a new one", async () => {
    const { tokens, trialCookie } = await start();
    const forged = `${trialCookie.split(".")[0]}.${randomBytes(32).toString("base64url")}`;
    const other = await start({ trialCookie: forged });
    expect(other.tokens.userId).not.toBe(tokens.userId);
    expect(other.trialCookie.split(".")[0]).not.toBe(trialCookie.split(".")[0]);
  });
});

describe("what a day has", () => {
  it("is five for a network, also at once; a new day has its own", async () => {
    const nowMs = nextDay();
    const from = (last: number, at = nowMs) =>
      start({ caller: callerFrom(1, { network: `203.0.1.${last}` }), nowMs: at });
    const result = await counted(Array.from({ length: 10 }, (_, last) => from(last)));
    expect(result).toEqual({ through: 5, codes: ["trial_busy"] });
    await expect(from(20, nowMs + dayMs)).resolves.toMatchObject({ created: true });
    // Next door isn't shut.
    await expect(start({ caller: callerFrom(2), nowMs })).resolves.toBeDefined();
    // Whoever had begun goes on.
    const rows = await db().trialAllowance.findMany({ where: { subject: "network" } });
    expect(rows.map(({ hash }) => hash).join(" ")).not.toContain("203.0");
  });

  it("keeps those who had begun", async () => {
    const nowMs = nextDay();
    const caller = callerFrom(3);
    const [first] = await Promise.all(Array.from({ length: 5 }, () => start({ caller, nowMs })));
    const trialCookie = first?.trialCookie;
    await expect(start({ caller, nowMs })).rejects.toMatchObject({ code: "trial_busy" });
    await expect(start({ caller, nowMs, trialCookie })).resolves.toMatchObject({ created: false });
  });

  it("ends for all, also at once, and leaves nothing of those refused", async () => {
    const nowMs = nextDay();
    const before = await db().user.count({ where: { visitor: true } });
    const result = await counted(
      Array.from({ length: capOfAll + 15 }, (_, n) =>
        start({ caller: callerFrom(50 + (n % 20)), nowMs }),
      ),
    );
    expect(result).toEqual({ through: capOfAll, codes: ["trial_busy"] });
    expect(await db().user.count({ where: { visitor: true } })).toBe(before + capOfAll);
    const [all] = await db().trialAllowance.findMany({
      where: { subject: "all" },
      orderBy: { day: "desc" },
    });
    expect(all).toMatchObject({ visitors: capOfAll, credits: capOfAll * 30 });
  });
});

describe("the view of an account", () => {
  it("offers to take over what the browser's device has", async () => {
    const { id: userId } = await makeUser();
    const account = { userId, sessionId: newId(), kind: "browser", visitor: false } as const;
    const who = { ...account, operator: false, authenticatedAt: null };
    const { trialCookie } = await start();
    const { state, credits } = await service.trialView({ trialCookie, principal: who });
    expect({ state, credits }).toEqual({ state: "claimable", credits: 30 });
    const none = await service.trialView({ trialCookie: undefined, principal: who });
    expect(none.state).toBe("over");
  });
});

describe("a visitor's uploads", () => {
  const upload = (ownerId: string) =>
    transaction(async (tx) => {
      await uploads.assertTrialUpload(tx, ownerId);
      const id = newId();
      await tx.video.create({
        data: {
          ...{ id, ownerId, title: "t", fileName: "t.mp4", contentType: "video/mp4" },
          ...{ sizeBytes: 1, sourceKey: `u/${ownerId}/${id}/source.mp4` },
          upload: { create: { id: newId(), ownerId, fingerprint: id, partSizeBytes: 1 } },
        },
      });
    });
  const end = (ownerId: string) =>
    db().upload.updateMany({ where: { ownerId }, data: { state: "completed" } });

  it("go one at a time, five a day", async () => {
    const { userId } = (await start()).tokens;
    const result = await counted([1, 2, 3].map(() => upload(userId)));
    expect(result).toEqual({ through: 1, codes: ["trial_uploading"] });
    for (let n = 0; n < 4; n++) {
      await end(userId);
      await upload(userId);
    }
    await end(userId);
    await expect(upload(userId)).rejects.toMatchObject({ code: "trial_uploads_used" });
    // Deleting one gives no other.
    await db().upload.deleteMany({ where: { ownerId: userId } });
    await db().video.updateMany({ where: { ownerId: userId }, data: { status: "deleted" } });
    await expect(upload(userId)).rejects.toMatchObject({ code: "trial_uploads_used" });
  });

  it("become no subtitles when they are longer than they said", async () => {
    const { userId: ownerId } = (await start()).tokens;
    const { id: videoId } = await makeVideo({ ownerId, durationMs: 181_000 });
    const input = { videoId, language: "ko", idempotencyKey: newId() };
    await expect(jobs.createJob({ ownerId, input })).rejects.toMatchObject({
      code: "trial_too_long",
    });
  });
});

describe("the credits of a new account", () => {
  const signUp = async (trialCookie?: string) => {
    const { id: userId } = await makeUser({ credits: 0 });
    const give = () =>
      transaction((tx) =>
        welcome.welcomeAccount(tx, { userId, ...(trialCookie && { trialCookie }) }),
      );
    await Promise.all([give(), give()]);
    await give();
    return credits.availableCredits(userId);
  };

  it("are 60, once", async () => {
    expect(await signUp()).toBe(60);
    expect(await signUp("forged.cookie")).toBe(60);
  });

  it("are less by what this browser was given for trying", async () => {
    expect(await signUp((await start()).trialCookie)).toBe(30);
  });
});

describe("the sweep", () => {
  it("lets visitors go who don't come back, and forgets old counts", async () => {
    const nowMs = nextDay();
    const { tokens, trialCookie } = await start({ nowMs });
    const { userId } = tokens;
    const { sourceKey } = await makeVideo({ ownerId: userId });
    // The rows say when they were made, the database's own clock.
    await db().user.update({ where: { id: userId }, data: { createdAt: new Date(nowMs) } });
    const asked = async () =>
      (await db().user.findUniqueOrThrow({ where: { id: userId } })).deletionRequestedAt;
    await sweep.sweepTrials(nowMs + 22 * dayMs);
    expect(await asked()).toBeNull();
    const letGoMs = nowMs + 24 * dayMs;
    await sweep.sweepTrials(letGoMs);
    expect(await asked()).not.toBeNull();
    expect(await principal.principalOf(tokens.accessToken, nowMs)).toBeUndefined();
    expect(await erasure.eraseAccount(userId, letGoMs + 8 * dayMs)).toBe(true);
    const { storage } = await import("@/lib/storage");
    expect(await storage().stat(sourceKey)).toBeUndefined();
    // The device stays known: it has tried.
    await expect(start({ trialCookie, nowMs: letGoMs })).rejects.toMatchObject({
      code: "trial_over",
    });
    expect(await db().trialAllowance.count()).toBeGreaterThan(0);
    await sweep.sweepTrials(nowMs + 4000 * dayMs);
    expect(await db().trialAllowance.count()).toBe(0);
    expect(await db().trialDevice.count({ where: { userId } })).toBe(0);
  });
});
