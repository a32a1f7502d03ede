import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import type { EditOperation } from "@/lib/subtitles/operations";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { editTrack, makeCue, makeTrack } from "@/lib/testing/tracks";

let app: TestApp;
let versions: typeof import("./versions");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [versions, { db }] = await Promise.all([import("./versions"), import("@/lib/db")]);
});
afterAll(() => app.stop());

async function world(count = 2) {
  const [owner, editor, viewer, stranger] = await Promise.all([1, 2, 3, 4].map(() => makeUser()));
  if (!owner || !editor || !viewer || !stranger) throw new Error("unreachable");
  const { id: videoId } = await makeVideo({ ownerId: owner.id });
  const cues = Array.from({ length: count }, (_, i) => makeCue(`c${i}`, i * 2_000, `말 ${i}`));
  const { trackId } = await makeTrack({ ownerId: owner.id, videoId, cues });
  await db().videoMember.createMany({
    data: [
      { videoId, userId: editor.id, role: "editor" },
      { videoId, userId: viewer.id, role: "viewer" },
    ],
  });
  let revision = 0;
  const edit = async (operation: EditOperation, actorId = owner.id) => {
    await editTrack({ actorId, trackId, baseRevision: revision, operation });
    revision += 1;
  };
  const list = async (userId = owner.id) =>
    (await versions.listVersions({ userId, trackId, query: { limit: 1_000 } })).versions;
  const name = (text: string, userId = owner.id) =>
    versions.nameVersion({ userId, trackId, name: text });
  return { owner, editor, viewer, stranger, trackId, edit, list, name };
}

const setText = (cueId: string, text: string) => ({ kind: "setText" as const, cueId, text });

describe("names of versions", () => {
  it("are given to the present by those who may edit, with figures", async () => {
    const { editor, viewer, stranger, edit, list, name } = await world();
    await edit(setText("c0", "고친 말"));
    const { number } = await name("감수 전", editor.id);
    expect(number).toBe(2);
    const [version] = await list(viewer.id);
    expect(version).toMatchObject({
      ...{ number, revision: 1, kind: "named", name: "감수 전", actor: { id: editor.id } },
      quality: { cues: 2 },
    });
    await expect(name("남의 것", viewer.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(name("남의 것", stranger.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(list(stranger.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("go to the version that is there already, and leave it again", async () => {
    const { owner, viewer, trackId, list, name } = await world();
    expect(await name("처음")).toEqual({ number: 1 });
    expect(await list()).toMatchObject([{ number: 1, kind: "job", name: "처음" }]);
    const which = { userId: owner.id, trackId, number: 1 };
    await versions.renameVersion({ ...which, name: "납품" });
    expect((await list())[0]?.name).toBe("납품");
    await versions.renameVersion({ ...which, name: null });
    expect(await list()).toMatchObject([{ number: 1, kind: "job", name: null }]);
    await expect(
      versions.renameVersion({ ...which, number: 9, name: "없음" }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      versions.renameVersion({ ...which, userId: viewer.id, name: "x" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("are a version's only reason to be there no longer than they last", async () => {
    const { owner, trackId, edit, list, name } = await world();
    await edit(setText("c0", "고침"));
    const { number } = await name("잠깐");
    await versions.renameVersion({ userId: owner.id, trackId, number, name: null });
    expect((await list())[0]).toMatchObject({ number, kind: "kept", name: null });
    await name("다시");
    expect((await list())[0]).toMatchObject({ number, kind: "named", name: "다시" });
  });
});

describe("before a bulk edit", () => {
  const all = (count: number): EditOperation => ({
    kind: "batch",
    operations: Array.from({ length: count }, (_, i) => setText(`c${i}`, `바꾼 말 ${i}`)),
  });

  it("the track is kept as it was", async () => {
    const { owner, editor, trackId, edit, list } = await world(60);
    await edit(setText("c0", "고침"));
    await edit(all(51), editor.id);
    const [kept] = await list();
    expect(kept).toMatchObject({ revision: 1, kind: "kept", actor: { id: editor.id } });
    const back = await versions.restoreVersion({
      ...{ userId: owner.id, trackId },
      number: kept?.number ?? 0,
    });
    expect(back.revision).toBe(3);
  });

  it("undoing it, or making it again, keeps no more", async () => {
    const { owner, trackId, edit, list } = await world(60);
    await edit(setText("c0", "고침"));
    await edit(all(51));
    const before = (await list()).length;
    const undo = { clientOpId: newId(), groupId: newId(), undoes: newId(), operation: all(52) };
    const { sendEdits } = await import("./sending");
    const input = { baseRevision: 2, edits: [undo] };
    const sent = await sendEdits({ actorId: owner.id, trackId, input });
    expect(sent.outcomes).toMatchObject([{ status: "stored" }]);
    expect(await list()).toHaveLength(before);
  });

  it("many are thinned out, but for what is named or has been brought back", async () => {
    const { owner, trackId, edit, list } = await world(60);
    const { mostKept } = versions;
    await edit(setText("c0", "이름"));
    await versions.nameVersion({ userId: owner.id, trackId, name: "납품" });
    const rows = Array.from({ length: mostKept + 3 }, (_, i) => ({
      ...{ trackId, number: 10 + i, revision: 1_000 + i, kind: "kept", actorId: owner.id },
      report: {},
    }));
    const { db } = await import("@/lib/db");
    await db().trackVersion.createMany({ data: rows });
    await db().trackVersion.create({
      data: { trackId, number: 100, revision: 2_000, kind: "restored", restores: 10, report: {} },
    });
    await edit(setText("c0", "또"));
    await edit(all(51));
    const left = await list();
    const kept = left.filter(({ kind }) => kind === "kept").map(({ number }) => number);
    // The newest of them was made by the edit; the eldest has been brought back.
    expect(kept).toHaveLength(mostKept + 1);
    expect(kept).toEqual(expect.arrayContaining([101, 10, 62, 14]));
    expect(kept).not.toContain(13);
    expect(left.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["job", "named"]));
    const page = await versions.listVersions({
      ...{ userId: owner.id, trackId },
      query: { cursor: 100, limit: 2 },
    });
    expect(page.versions.map(({ number }) => number)).toEqual([62, 61]);
    const walked: number[] = [];
    for (let cursor: number | null | undefined; cursor !== null; ) {
      const which = { userId: owner.id, trackId };
      const next = await versions.listVersions({ ...which, query: { ...(cursor && { cursor }) } });
      expect(next.versions.length).toBeLessThanOrEqual(50);
      walked.push(...next.versions.map(({ number }) => number));
      cursor = next.nextCursor;
    }
    expect(walked).toEqual(left.map(({ number }) => number));
  });

  it("of fewer cues nothing is kept", async () => {
    const { edit, list } = await world(60);
    await edit(setText("c0", "고침"));
    await edit(all(50));
    expect(await list()).toHaveLength(1);
  });
});

it("a restored version has its look, too", async () => {
  const { owner, viewer, trackId, edit } = await world();
  const { defaultStyle } = await import("@/lib/subtitles/style");
  const style = { ...defaultStyle, bold: true };
  await edit({ kind: "setTrackStyle", style });
  await versions.nameVersion({ userId: owner.id, trackId, name: "굵게" });
  await edit({ kind: "setTrackStyle", style: null });
  const which = { trackId, number: 2 };
  await expect(versions.restoreVersion({ ...which, userId: viewer.id })).rejects.toMatchObject({
    code: "forbidden",
  });
  await versions.restoreVersion({ ...which, userId: owner.id });
  const { getTrack } = await import("./service");
  expect((await getTrack({ userId: owner.id, trackId })).style).toEqual(style);
});

it("two versions, or one and now, are compared for whoever may look", async () => {
  const { viewer, stranger, trackId, edit, name } = await world(3);
  await edit(setText("c0", "다른 말"));
  await edit({ kind: "setTimes", cueId: "c1", startMs: 2_100, endMs: 3_500 });
  await edit({ kind: "removeCue", cueId: "c2" });
  await name("고친 뒤");
  await edit({ kind: "insertCue", cue: makeCue("new", 9_000, "새 말") });
  const { versionDiff } = await import("./version-diff");
  const diff = (from: number, to?: number) => versionDiff({ userId: viewer.id, trackId, from, to });
  expect(await diff(1, 2)).toMatchObject({
    counts: { added: 0, removed: 1, texts: 1, times: 1, all: 3 },
    style: false,
    cues: [
      { cueId: "c0", before: { text: "말 0" }, after: { text: "다른 말" }, aspects: ["text"] },
      { cueId: "c1", aspects: ["times"] },
      { cueId: "c2", before: { text: "말 2" }, after: null, aspects: [] },
    ],
  });
  expect((await diff(2)).cues).toMatchObject([{ cueId: "new", before: null }]);
  expect((await diff(2, 1)).counts).toMatchObject({ added: 1, removed: 0 });
  await expect(diff(9)).rejects.toMatchObject({ code: "not_found" });
  await expect(versionDiff({ userId: stranger.id, trackId, from: 1 })).rejects.toMatchObject({
    code: "not_found",
  });
});
