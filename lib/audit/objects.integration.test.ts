import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";

let app: TestApp;
let objects: typeof import("./objects");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [objects, { db }] = await Promise.all([import("./objects"), import("@/lib/db")]);
});
afterAll(() => app.stop());

/** One object of each kind that a route names by id, by the folder of its routes. */
async function madeObjects(ownerId: string): Promise<Record<string, string>> {
  const { id: videoId } = await makeVideo({ ownerId });
  const ids = { jobs: newId(), tracks: newId(), uploads: newId(), "me/sessions": newId() };
  const lists = { glossary: newId(), profiles: newId(), transcripts: newId() };
  const beside = {
    ...{ links: newId(), notes: newId(), renders: newId() },
    "me/style-presets": newId(),
  };
  await db().glossaryTerm.create({ data: { id: lists.glossary, ownerId, term: "x" } });
  await db().ownProfile.create({ data: { id: lists.profiles, ownerId, name: "x", rules: {} } });
  await db().job.create({
    data: { id: ids.jobs, ownerId, videoId, language: "auto", idempotencyKey: "x" },
  });
  await db().track.create({
    data: { id: ids.tracks, ownerId, videoId, language: "en" },
  });
  await db().cueNote.create({
    data: { id: beside.notes, trackId: ids.tracks, cueId: "x", text: "x" },
  });
  await db().stylePreset.create({
    data: { id: beside["me/style-presets"], ownerId, name: "x", style: {} },
  });
  await db().videoRender.create({
    data: {
      ...{ id: beside.renders, ownerId, videoId, trackId: ids.tracks },
      ...{ revision: 0, idempotencyKey: "x" },
    },
  });
  await db().shareLink.create({
    data: {
      ...{ id: beside.links, videoId, tokenHash: newId(), role: "viewer" },
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  await db().upload.create({
    data: { id: ids.uploads, ownerId, videoId, fingerprint: "x", partSizeBytes: 1 },
  });
  await db().transcript.create({
    data: { id: lists.transcripts, ownerId, videoId, fileName: "x.txt", format: "txt", lines: [] },
  });
  const end = new Date(Date.now() + 60_000);
  await db().authSession.create({
    data: {
      id: ids["me/sessions"],
      userId: ownerId,
      remember: false,
      idleExpiresAt: end,
      absoluteExpiresAt: end,
    },
  });
  return { videos: videoId, "top-ups": await madeOrder(ownerId), ...lists, ...ids, ...beside };
}

async function madeOrder(userId: string): Promise<string> {
  const orderId = `ax2-${newId()}`;
  const at = new Date();
  const amounts = { listKrw: 3_300, amountKrw: 3_300, suppliedKrw: 3_000, vatKrw: 300 };
  await db().topUpOrder.create({
    data: {
      ...{ orderId, userId, packageId: "light", credits: 300, bonusCredits: 0, ...amounts },
      ...{ requestKey: orderId, customerKey: newId(), confirmKey: `confirm:${orderId}` },
      ...{ createdAt: at, updatedAt: at },
    },
  });
  return orderId;
}

describe("whose an object is", () => {
  it("is known for every kind that a route names, and for nothing else", async () => {
    const owner = await makeUser();
    const made = await madeObjects(owner.id);
    for (const [kind, id] of Object.entries(made)) {
      expect(await objects.ownerOfObject(id), kind).toBe(owner.id);
    }
    for (const unknown of [newId(), "ax2-unknown", "' OR ''='", ""]) {
      expect(await objects.ownerOfObject(unknown)).toBeUndefined();
    }
  });

  it("is told apart from what somebody has had open once", async () => {
    const [owner, guest] = await Promise.all([makeUser(), makeUser()]);
    const { tracks = "", videos = "", notes = "" } = await madeObjects(owner.id);
    const opened = () =>
      Promise.all([tracks, videos, notes, "x"].map((id) => objects.hasOpened(guest.id, id)));
    expect(await opened()).toEqual([false, false, false, false]);
    await db().trackPlace.create({ data: { trackId: tracks, userId: guest.id, ms: 0 } });
    expect(await opened()).toEqual([true, true, false, false]);
    expect(await objects.hasOpened(owner.id, tracks)).toBe(false);
  });

  it("covers every folder of routes with an id in it", async () => {
    const api = path.resolve(import.meta.dirname, "../../app/api/v1");
    const folders = readdirSync(api, { recursive: true, encoding: "utf8" })
      .filter((name) => path.basename(name) === "[id]" && existsSync(path.join(api, name)))
      .map((name) => path.dirname(name).split(path.sep).join("/"))
      // What only operators see is nobody's in particular.
      .filter((name) => !name.startsWith("admin/"));
    const made = await madeObjects((await makeUser()).id);
    expect(folders.toSorted()).toEqual(Object.keys(made).toSorted());
  });
});
