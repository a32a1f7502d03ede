import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeEditorThings, makeShared } from "@/lib/testing/editor-things";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { openLedger } from "@/lib/testing/ledger";
import { auditOf, makeCaller } from "@/lib/testing/people";

let app: TestApp;
let ledger: Awaited<ReturnType<typeof openLedger>>;
let claim: typeof import("./claim");
let device: typeof import("./device");
let service: typeof import("./service");
let deletion: typeof import("@/lib/accounts/deletion");
let erasure: typeof import("@/lib/accounts/erasure");
let orphans: typeof import("@/lib/accounts/orphans");
let credits: typeof import("@/lib/credits/balance");
let principal: typeof import("@/lib/auth/principal");
let removal: typeof import("@/lib/videos/removal");
let videos: typeof import("@/lib/videos/service");
let storage: typeof import("@/lib/storage").storage;
let derivativeKey: typeof import("@/lib/videos/keys").derivativeKey;

beforeAll(async () => {
  app = await startTestApp();
  ledger = await openLedger();
  [claim, device, service, deletion, erasure, orphans, credits] = await Promise.all([
    import("./claim"),
    import("./device"),
    import("./service"),
    import("@/lib/accounts/deletion"),
    import("@/lib/accounts/erasure"),
    import("@/lib/accounts/orphans"),
    import("@/lib/credits/balance"),
  ]);
  [principal, removal, videos, { storage }, { derivativeKey }] = await Promise.all([
    import("@/lib/auth/principal"),
    import("@/lib/videos/removal"),
    import("@/lib/videos/service"),
    import("@/lib/storage"),
    import("@/lib/videos/keys"),
  ]);
});
afterAll(() => app.stop());

const dayMs = 24 * 3_600_000;
const due = () => Date.now() + 7 * dayMs + 60_000;

/** A visitor with a captioned video in every place a video has, and 30 credits. */
async function visitor() {
  const { tokens, trialCookie } = await service.startTrial({
    ...{ caller: makeCaller(), trialCookie: undefined, locale: "ko" },
  });
  const ownerId = tokens.userId;
  const { id: videoId, sourceKey } = await makeVideo({ ownerId, title: "첫 영상" });
  const thumbnailKey = derivativeKey(sourceKey, "thumbnail.webp");
  const path = storage().localPath(sourceKey) ?? "";
  await storage().put(thumbnailKey, { path }, { contentType: "image/webp" });
  await db().video.update({ where: { id: videoId }, data: { thumbnailKey } });
  const [jobId, trackId] = [newId(), newId()];
  await db().job.create({
    data: {
      ...{ id: jobId, ownerId, videoId, status: "completed", language: "ko" },
      idempotencyKey: "same-for-all",
    },
  });
  await db().track.create({
    data: {
      ...{ id: trackId, ownerId, videoId, language: "ko" },
      snapshots: { create: [{ revision: 0, cues: [] }] },
      operations: {
        create: [
          {
            ...{ clientOpId: newId(), revision: 1, baseRevision: 0, actorId: ownerId },
            ...{ operation: {}, inverse: {} },
          },
        ],
      },
    },
  });
  await db().notice.create({
    data: {
      ...{ id: newId(), userId: ownerId, kind: "credits-low", data: {}, dedupeKey: "x" },
      createdAt: new Date(),
    },
  });
  return { ownerId, tokens, trialCookie, videoId, sourceKey, thumbnailKey, jobId, trackId };
}

const take = (userId: string, trialCookie: string | undefined, seen = { videos: 1, credits: 30 }) =>
  claim.claimTrial({ userId, trialCookie, seen, caller: makeCaller() });

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return AppError.is(error) ? error.code : String(error);
  }
}

const owners = async (made: Awaited<ReturnType<typeof visitor>>) => {
  const [video, job, track, edits] = await Promise.all([
    db().video.findUniqueOrThrow({ where: { id: made.videoId } }),
    db().job.findUniqueOrThrow({ where: { id: made.jobId } }),
    db().track.findUniqueOrThrow({ where: { id: made.trackId } }),
    db().trackOperation.findMany({ where: { trackId: made.trackId } }),
  ]);
  return [video.ownerId, job.ownerId, track.ownerId, ...edits.map(({ actorId }) => actorId)];
};

describe("what there is to take over", () => {
  it("is named, so that nothing foreign is taken over unnoticed", async () => {
    const { trialCookie, videoId } = await visitor();
    expect(await claim.claimView(trialCookie)).toEqual({
      videos: [{ id: videoId, title: "첫 영상" }],
      credits: 30,
      busy: false,
    });
    expect(await claim.claimView(undefined)).toBeUndefined();
    expect(await claim.claimView("forged.cookie")).toBeUndefined();
  });
});

describe("taking over", () => {
  it("moves credits, videos, jobs and subtitles, and closes the visitor", async () => {
    const made = await visitor();
    const { id: userId } = await makeUser({ credits: 5 });
    // Its key is the visitor's too.
    const own = await makeVideo({ ownerId: userId });
    const job = { id: newId(), ownerId: userId, videoId: own.id, language: "ko" };
    await db().job.create({ data: { ...job, idempotencyKey: "same-for-all" } });
    await take(userId, made.trialCookie);

    expect(await owners(made)).toEqual([userId, userId, userId, userId]);
    expect(await credits.availableCredits(userId)).toBe(35);
    expect(await credits.availableCredits(made.ownerId)).toBe(0);
    const video = await videos.getOwnVideo({ ownerId: userId, videoId: made.videoId });
    expect(video.sourceKey).toBe(made.sourceKey);
    expect(await storage().stat(made.sourceKey)).toBeDefined();
    expect(await principal.principalOf(made.tokens.accessToken)).toBeUndefined();
    const row = await db().user.findUniqueOrThrow({ where: { id: made.ownerId } });
    expect(row).toMatchObject({ erasedAt: expect.any(Date), deletionRequestedAt: null });
    expect(await auditOf(userId)).toContain("credits_claimed");
    expect(await claim.claimView(made.trialCookie)).toBeUndefined();
    const again = { caller: makeCaller(), trialCookie: made.trialCookie, locale: "ko" } as const;
    expect(await codeOf(service.startTrial(again))).toBe("trial_over");
    const later = { nowMs: due() };
    expect(JSON.stringify(await orphans.findOrphans(later))).not.toContain(made.ownerId);
  });

  it("lets edits arrive that the visitor's open page still sends", async () => {
    const made = await visitor();
    const { id: userId } = await makeUser();
    const { sendEdits } = await import("@/lib/tracks/sending");
    const { makeCue, makeTrack } = await import("@/lib/testing/tracks");
    const { ownerId, videoId } = made;
    const { trackId } = await makeTrack({
      ...{ ownerId, videoId, language: "en", cues: [makeCue("a", 0, "early")] },
    });
    const operation = { kind: "setText" as const, cueId: "a", text: "late" };
    const edits = [{ clientOpId: newId(), groupId: newId(), operation }];
    const input = { baseRevision: 0, actorId: ownerId, edits };
    const send = () => sendEdits({ actorId: userId, trackId, input });
    expect(await codeOf(send())).toBe("other_account");
    await take(userId, made.trialCookie);
    const { getTrack } = await import("@/lib/tracks/service");
    const view = await getTrack({ userId, trackId });
    expect(view).toMatchObject({ readerId: userId, readerWas: [ownerId] });
    expect(await send()).toMatchObject({ outcomes: [{ status: "stored" }] });
    const row = await db().trackOperation.findFirstOrThrow({ where: { trackId } });
    expect(row.actorId).toBe(userId);
  });

  it("moves what was written and set up in the editor, beside the account's own", async () => {
    const made = await visitor();
    const { id: userId } = await makeUser({ credits: 0 });
    const own = await makeVideo({ ownerId: userId });
    await makeEditorThings(made);
    await db().stylePreset.create({
      data: { id: newId(), ownerId: userId, name: "우리 모양", style: {} },
    });
    await db().editorSettings.create({ data: { userId, settings: { mine: true } } });
    // The account has been asked to the visitor's video, and the visitor to the account's.
    await makeShared({ videoId: made.videoId, userId });
    await makeShared({ videoId: own.id, userId: made.ownerId });
    await take(userId, made.trialCookie);

    const where = { trackId: made.trackId };
    expect(await db().cueNote.findMany({ where })).toMatchObject([{ authorId: userId }]);
    expect(await db().ignoredFinding.findMany({ where })).toMatchObject([{ actorId: userId }]);
    expect(await db().trackPlace.findMany({ where })).toMatchObject([{ userId }]);
    expect(await db().videoRender.findMany({ where })).toMatchObject([{ ownerId: userId }]);
    const presets = await db().stylePreset.findMany({ where: { ownerId: userId } });
    expect(presets.map(({ name }) => name).sort()).toEqual([
      "우리 모양",
      expect.stringMatching(/^우리 모양 [0-9a-f]{8}$/),
    ]);
    expect(await db().editorSettings.findUnique({ where: { userId } })).toMatchObject({
      settings: { mine: true },
    });
    expect(await db().videoMember.count({ where: { userId } })).toBe(0);
  });

  it("moves terms and rules, except what the account has already", async () => {
    const made = await visitor();
    const { id: userId } = await makeUser({ credits: 0 });
    const terms = (ownerId: string, ...list: string[]) =>
      db().glossaryTerm.createMany({
        data: list.map((term) => ({ id: newId(), ownerId, term })),
      });
    const rules = (ownerId: string, name: string, rules: object) =>
      db().ownProfile.create({ data: { id: newId(), ownerId, name, rules } });
    await terms(made.ownerId, "같은 말", "새 말");
    await terms(userId, "같은 말");
    await rules(made.ownerId, "강의", { from: "visitor" });
    await rules(made.ownerId, "쇼츠", { from: "visitor" });
    await rules(userId, "강의", { from: "account" });
    await take(userId, made.trialCookie);
    const moved = await db().glossaryTerm.findMany({ where: { ownerId: userId } });
    expect(moved.map(({ term }) => term).toSorted()).toEqual(["같은 말", "새 말"]);
    const profiles = await db().ownProfile.findMany({ where: { ownerId: userId } });
    const byName = profiles.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(byName.map(({ name, rules }) => [name, rules])).toEqual([
      ["강의", { from: "account" }],
      [expect.stringMatching(/^강의 [0-9a-f]{8}$/), { from: "visitor" }],
      ["쇼츠", { from: "visitor" }],
    ]);
    expect(await db().glossaryTerm.count({ where: { ownerId: made.ownerId } })).toBe(0);
  });

  it("twice, also at once, is once", async () => {
    const made = await visitor();
    const { id: userId } = await makeUser({ credits: 0 });
    const results = await Promise.all(
      Array.from({ length: 4 }, () => codeOf(take(userId, made.trialCookie))),
    );
    expect(results).toEqual([undefined, undefined, undefined, undefined]);
    expect(await codeOf(take(userId, made.trialCookie))).toBeUndefined();
    expect(await credits.availableCredits(userId)).toBe(30);
    expect((await auditOf(userId)).filter((name) => name === "credits_claimed")).toHaveLength(1);
  });

  it("is one account's, whoever else asks", async () => {
    const made = await visitor();
    const accounts = await Promise.all([1, 2, 3].map(() => makeUser({ credits: 0 })));
    const results = await Promise.all(accounts.map(({ id }) => codeOf(take(id, made.trialCookie))));
    expect(results.filter((code) => code === undefined)).toHaveLength(1);
    expect(results.filter((code) => code === "not_found")).toHaveLength(2);
    const got = await Promise.all(accounts.map(({ id }) => credits.availableCredits(id)));
    expect(got.sort()).toEqual([0, 0, 30]);
  });

  it("brings the credits of one browser, and the work of others", async () => {
    const { id: userId } = await makeUser({ credits: 0 });
    const [first, second] = [await visitor(), await visitor()];
    expect(await codeOf(take(userId, first.trialCookie))).toBeUndefined();
    expect(await claim.claimView(second.trialCookie, userId)).toMatchObject({ credits: 0 });
    expect(await codeOf(take(userId, second.trialCookie))).toBe("claim_changed");
    const seen = { videos: 1, credits: 0 };
    expect(await codeOf(take(userId, second.trialCookie, seen))).toBeUndefined();
    expect(await credits.availableCredits(userId)).toBe(30);
    expect((await owners(second))[0]).toBe(userId);
  });

  it("needs the cookie of that very browser", async () => {
    const made = await visitor();
    const { id: userId } = await makeUser({ credits: 0 });
    const [id = "", mac = ""] = made.trialCookie.split(".");
    const other = device.trialCookie(device.newDeviceId());
    for (const cookie of [undefined, "", id, `${id}.${"A".repeat(43)}`, other]) {
      expect(await codeOf(take(userId, cookie)), cookie).toBe("not_found");
    }
    expect(mac).not.toBe("");
    expect(await owners(made)).toEqual([made.ownerId, made.ownerId, made.ownerId, made.ownerId]);
  });

  it("is only what was shown", async () => {
    const made = await visitor();
    const { id: userId } = await makeUser({ credits: 0 });
    for (const seen of [
      { videos: 0, credits: 30 },
      { videos: 1, credits: 29 },
      { videos: 2, credits: 30 },
    ]) {
      expect(await codeOf(take(userId, made.trialCookie, seen))).toBe("claim_changed");
    }
    await makeVideo({ ownerId: made.ownerId });
    expect(await codeOf(take(userId, made.trialCookie))).toBe("claim_changed");
    await expect(
      take(userId, made.trialCookie, { videos: 2, credits: 30 }),
    ).resolves.toBeUndefined();
  });

  it("waits for what is under way", async () => {
    const made = await visitor();
    const { id: userId } = await makeUser({ credits: 0 });
    const busy = async (begin: () => Promise<unknown>, end: () => Promise<unknown>) => {
      await begin();
      expect(await claim.claimView(made.trialCookie)).toMatchObject({ busy: true });
      expect(await codeOf(take(userId, made.trialCookie))).toBe("claim_busy");
      await end();
    };
    const video = (status: "preparing" | "ready") => () =>
      db().video.update({ where: { id: made.videoId }, data: { status } });
    const job = (status: "processing" | "completed") => () =>
      db().job.update({ where: { id: made.jobId }, data: { status } });
    await busy(video("preparing"), video("ready"));
    await busy(job("processing"), job("completed"));
    const upload = { id: newId(), ownerId: made.ownerId, videoId: made.videoId };
    await busy(
      () => db().upload.create({ data: { ...upload, fingerprint: "f", partSizeBytes: 1 } }),
      () => db().upload.update({ where: { id: upload.id }, data: { state: "completed" } }),
    );
    const held: Awaited<ReturnType<typeof ledger.hold>>[] = [];
    await busy(
      async () => held.push(await ledger.hold(made.ownerId, 4)),
      async () => held[0] && ledger.release(held[0]),
    );
    expect(await codeOf(take(userId, made.trialCookie))).toBeUndefined();
  });

  it("gives nothing to an account that is leaving", async () => {
    const made = await visitor();
    const { id: userId, email } = await makeUser();
    await deletion.requestDeletion({ userId, confirmation: email });
    expect(await codeOf(take(userId, made.trialCookie))).toBe("not_found");
    expect((await owners(made))[0]).toBe(made.ownerId);
  });

  it("meets no job that begins meanwhile: it is the visitor's before, or none", async () => {
    for (let round = 0; round < 6; round++) {
      const made = await visitor();
      const { id: userId } = await makeUser({ credits: 0 });
      const [taken, held] = await Promise.all([
        codeOf(take(userId, made.trialCookie)),
        ledger.hold(made.ownerId, 10),
      ]);
      if (taken === undefined) expect(held.result.refusal).toBe("wallet_frozen");
      else {
        expect(held.result.outcome).toBe("applied");
        // Held before or after the look at what there is.
        expect(["claim_busy", "claim_changed"]).toContain(taken);
      }
    }
  });
});

describe("what was taken over", () => {
  it("goes with a video that is deleted", async () => {
    const made = await visitor();
    const { id: userId } = await makeUser();
    await take(userId, made.trialCookie);
    await db().video.update({ where: { id: made.videoId }, data: { status: "deleting" } });
    await removal.eraseVideo(made.videoId);
    expect(await storage().stat(made.sourceKey)).toBeUndefined();
    expect(await storage().stat(made.thumbnailKey)).toBeUndefined();
  });

  it("goes with the account, wherever it lies", async () => {
    const made = await visitor();
    const { id: userId, email } = await makeUser();
    await take(userId, made.trialCookie);
    await deletion.requestDeletion({ userId, confirmation: email });
    // Its files aren't removed yet: erasure has to find them by itself.
    expect(await storage().stat(made.sourceKey)).toBeDefined();
    expect(await erasure.eraseAccount(userId, due())).toBe(true);
    expect((await storage().list(`u/${made.ownerId}/`)).objects).toEqual([]);
    const found = JSON.stringify(await orphans.findOrphans({ nowMs: due() + dayMs }));
    expect(found).not.toContain(made.ownerId);
    expect(found).not.toContain(userId);
    const row = await db().trialDevice.findUniqueOrThrow({ where: { userId: made.ownerId } });
    expect(row).toMatchObject({ claimedBy: userId });
  });
});
