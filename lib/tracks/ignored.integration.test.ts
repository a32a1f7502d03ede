import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingKey } from "@/lib/subtitles/quality/finding-key";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { editTrack, makeCue, makeTrack } from "@/lib/testing/tracks";
import type { IgnoreInput } from "./ignored-schema";

let app: TestApp;
let ignored: typeof import("./ignored");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [ignored, { db }] = await Promise.all([import("./ignored"), import("@/lib/db")]);
});
afterAll(() => app.stop());

async function world() {
  const [owner, editor, viewer, stranger] = await Promise.all([1, 2, 3, 4].map(() => makeUser()));
  if (!owner || !editor || !viewer || !stranger) throw new Error("unreachable");
  const { id: videoId } = await makeVideo({ ownerId: owner.id });
  const { trackId } = await makeTrack({
    ownerId: owner.id,
    videoId,
    cues: [makeCue("a", 0, "아주 길어서 한 줄에 다 들어가지 않을 것이 틀림없는 글이에요")],
  });
  await db().videoMember.createMany({
    data: [
      { videoId, userId: editor.id, role: "editor" },
      { videoId, userId: viewer.id, role: "viewer" },
    ],
  });
  const ignore = (userId: string, key: string, reason: string) =>
    ignored.ignoreFindings({ userId, trackId, input: { findings: [named(key)], reason } });
  const list = (userId = owner.id) => ignored.listIgnored({ userId, trackId });
  return { owner, editor, viewer, stranger, trackId, ignore, list };
}

const named = (key: string): IgnoreInput["findings"][number] => ({
  key,
  cueId: "a",
  code: "reading_speed",
});
const shortly = (list: { key: string; reason: string; by: { id: string } | null }[]) =>
  list.map(({ key, reason, by }) => [key, reason, by?.id]);

describe("findings that are left as they are", () => {
  it("have a reason and somebody who says so, seen by everybody with the track", async () => {
    const { owner, editor, viewer, stranger, ignore, list } = await world();
    await ignore(editor.id, "reading_speed:a:1", "노래 가사예요");
    await ignore(owner.id, "reading_speed:a:2", "알고 있어요");
    expect(shortly(await list(viewer.id))).toEqual([
      ["reading_speed:a:1", "노래 가사예요", editor.id],
      ["reading_speed:a:2", "알고 있어요", owner.id],
    ]);
    const no = (code: string) => ({ code });
    await expect(ignore(viewer.id, "reading_speed:a:3", "x")).rejects.toMatchObject(
      no("forbidden"),
    );
    await expect(ignore(stranger.id, "reading_speed:a:3", "x")).rejects.toMatchObject(
      no("not_found"),
    );
    await expect(list(stranger.id)).rejects.toMatchObject(no("not_found"));
  });

  it("keep the first reason, and come back when somebody takes it back", async () => {
    const { owner, editor, viewer, trackId, ignore, list } = await world();
    await ignore(editor.id, "reading_speed:a:1", "노래 가사예요");
    await ignore(owner.id, "reading_speed:a:1", "다른 말");
    expect(shortly(await list())).toEqual([["reading_speed:a:1", "노래 가사예요", editor.id]]);
    const keys = ["reading_speed:a:1", "reading_speed:a:9"];
    await expect(ignored.heedFindings({ userId: viewer.id, trackId, keys })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await ignored.heedFindings({ userId: owner.id, trackId, keys })).toEqual([]);
    expect(await list()).toEqual([]);
  });

  it("are told in the report and its table, and no more once the cue is another", async () => {
    const { owner, trackId } = await world();
    const [reports, files] = await Promise.all([import("./reports"), import("./report-file")]);
    const { report, cues } = await reports.readReport({ userId: owner.id, trackId });
    const [finding] = report.findings;
    if (!finding) throw new Error("nothing to leave");
    const { id, code, cueId = "" } = finding;
    const key = findingKey(
      finding,
      cues.find((cue) => cue.id === cueId),
    );
    const input = { findings: [{ key, code, cueId }], reason: "일부러 이렇게 했어요" };
    await ignored.ignoreFindings({ userId: owner.id, trackId, input });
    const left = async () => (await reports.readReport({ userId: owner.id, trackId })).left;
    expect(await left()).toEqual([{ id, reason: input.reason }]);
    const csv = await files.reportAsCsv({ userId: owner.id, trackId, locale: "ko" });
    expect(csv.text).toContain(input.reason);
    const operation = { kind: "setText" as const, cueId: "a", text: "다른 말" };
    await editTrack({ actorId: owner.id, trackId, baseRevision: 0, operation });
    expect(await left()).toEqual([]);
  });
});
