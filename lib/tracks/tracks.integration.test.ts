import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import type { EditTrackInput } from "./schema";

let app: TestApp;
let service: typeof import("./service");
let make: typeof import("@/lib/testing/tracks");

beforeAll(async () => {
  app = await startTestApp();
  service = await import("./service");
  make = await import("@/lib/testing/tracks");
});
afterAll(() => app.stop());

async function newTrack() {
  const owner = await makeUser();
  const video = await makeVideo({ ownerId: owner.id, title: '회의 "첫째"' });
  const cues = [0, 1, 2].map((i) => make.makeCue(`cue-${i}`, i * 2000, `자막 ${i}`));
  const { trackId } = await make.makeTrack({ ownerId: owner.id, videoId: video.id, cues });
  return { ownerId: owner.id, trackId };
}

const edit = (cueId: string, text: string, baseRevision: number, clientOpId = newId()) => ({
  clientOpId,
  baseRevision,
  operation: { kind: "setText" as const, cueId, text },
});

describe("editing a track", () => {
  it("keeps every accepted edit and stores a repeated one once", async () => {
    const own = await newTrack();
    const first = edit("cue-1", "고친 자막", 0);
    expect(await service.editTrack({ ...own, edit: first })).toMatchObject({ revision: 1 });
    expect(await service.editTrack({ ...own, edit: first })).toMatchObject({ revision: 1 });
    const track = await service.getTrack(own);
    expect(track.revision).toBe(1);
    expect(track.cues.map((cue) => cue.text)).toEqual(["자막 0", "고친 자막", "자막 2"]);
  });

  it("merges edits of different cues and says what was missed", async () => {
    const own = await newTrack();
    await service.editTrack({ ...own, edit: edit("cue-0", "하나", 0) });
    const result = await service.editTrack({ ...own, edit: edit("cue-2", "셋", 0) });
    expect(result.revision).toBe(2);
    expect(result.missed.map((other) => other.operation)).toEqual([
      { kind: "setText", cueId: "cue-0", text: "하나" },
    ]);
    expect((await service.getTrack(own)).cues.map((cue) => cue.text)).toEqual([
      "하나",
      "자막 1",
      "셋",
    ]);
  });

  it("refuses a second change of the same cue with both texts", async () => {
    const own = await newTrack();
    await service.editTrack({ ...own, edit: edit("cue-0", "그쪽", 0) });
    await expect(
      service.editTrack({ ...own, edit: edit("cue-0", "이쪽", 0) }),
    ).rejects.toMatchObject({
      code: "edit_conflict",
      data: { cueId: "cue-0", property: "text", yours: "이쪽", theirs: "그쪽", revision: 1 },
    });
    await service.editTrack({ ...own, edit: edit("cue-0", "이쪽", 1) });
    expect((await service.getTrack(own)).cues[0]?.text).toBe("이쪽");
  });

  it("takes every kind of edit, and merges what touches different things", async () => {
    const own = await newTrack();
    const send = (operation: EditTrackInput["operation"], baseRevision: number) =>
      service.editTrack({ ...own, edit: { clientOpId: newId(), baseRevision, operation } });
    await send({ kind: "setText", cueId: "cue-0", text: "새 글" }, 0);
    await send({ kind: "setTimes", cueId: "cue-0", startMs: 100, endMs: 900 }, 0);
    await send({ kind: "setSpeaker", cueId: "cue-0", speaker: "민수" }, 0);
    await send({ kind: "insertCue", cue: make.makeCue("mine", 1_700, "사이") }, 0);
    const halves = [make.makeCue("cue-2", 4_000, "자막"), make.makeCue("cue-2~2", 4_800, "2")];
    await send({ kind: "replaceCues", remove: ["cue-2"], insert: halves }, 0);
    await send(
      {
        kind: "batch",
        operations: [
          { kind: "removeCue", cueId: "cue-1" },
          { kind: "setText", cueId: "mine", text: "가운데" },
        ],
      },
      4,
    );
    const track = await service.getTrack(own);
    expect(track.cues.map(({ id, text }) => [id, text])).toEqual([
      ["cue-0", "새 글"],
      ["mine", "가운데"],
      ["cue-2", "자막"],
      ["cue-2~2", "2"],
    ]);
    expect(track.cues[0]).toMatchObject({ startMs: 100, endMs: 900, speaker: "민수" });
    await expect(send({ kind: "setText", cueId: "cue-2", text: "반" }, 0)).rejects.toMatchObject({
      code: "edit_conflict",
      data: { property: "text", yours: "반", theirs: "자막" },
    });
    await expect(send({ kind: "removeCue", cueId: "cue-0" }, 0)).rejects.toMatchObject({
      code: "edit_conflict",
    });
    await expect(send({ kind: "setText", cueId: "cue-1", text: "x" }, 0)).rejects.toMatchObject({
      code: "gone",
    });
    const before = await service.getTrack({ ...own, revision: 2 });
    expect(before.cues.map(({ id }) => id)).toEqual(["cue-0", "cue-1", "cue-2"]);
    await expect(service.getTrack({ ...own, revision: 99 })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("numbers parallel edits one after the other and loses none", async () => {
    const own = await newTrack();
    const texts = Array.from({ length: 30 }, (_, index) => index);
    const results = await Promise.allSettled(
      texts.map((index) =>
        service.editTrack({ ...own, edit: edit(`cue-${index % 3}`, `글 ${index}`, 0) }),
      ),
    );
    const accepted = results.filter((result) => result.status === "fulfilled");
    const track = await service.getTrack(own);
    expect(track.revision).toBe(accepted.length);
    expect(accepted.length).toBe(3);
  });

  it("reads the same after a snapshot as before it", async () => {
    const own = await newTrack();
    for (let revision = 0; revision < 205; revision++) {
      await service.editTrack({ ...own, edit: edit("cue-0", `판 ${revision}`, revision) });
    }
    const track = await service.getTrack(own);
    expect(track.revision).toBe(205);
    expect(track.cues[0]?.text).toBe("판 204");
  });

  it("grows to a length that can be read at every look, and no further", async () => {
    const own = await newTrack();
    const grown = (from: number, count: number, text: string): EditTrackInput => ({
      clientOpId: newId(),
      baseRevision: from === 0 ? 0 : 1,
      operation: {
        kind: "batch",
        operations: Array.from({ length: count }, (_, at) => ({
          kind: "insertCue",
          cue: make.makeCue(`new-${from + at}`, from + at, text),
        })),
      },
    });
    await service.editTrack({ ...own, edit: grown(0, 15_000, "가".repeat(900)) });
    expect((await service.getTrack(own)).cues).toHaveLength(15_003);
    await expect(
      service.editTrack({ ...own, edit: grown(15_000, 3_000, "가".repeat(900)) }),
    ).rejects.toMatchObject({ code: "limit_reached" });
    // Who has seen none of it is told to read it anew instead of being sent all of it.
    const late = await service.editTrack({ ...own, edit: edit("cue-0", "자막 0", 0) });
    expect(late).toMatchObject({
      ...{ revision: 2, missed: [{ revision: 1, operation: { kind: "replace" } }] },
    });
    await expect(
      service.editTrack({ ...own, edit: edit("cue-0", "고침", 0) }),
    ).rejects.toMatchObject({ code: "edit_conflict" });
  }, 60_000);

  it("keeps what a paste can hold: NUL and half characters go, the rest stays", async () => {
    const { editTrackInput } = await import("./schema");
    const own = await newTrack();
    const pasted = editTrackInput.parse(edit("cue-0", "앞\0뒤 \ud83d 끝", 0));
    await service.editTrack({ ...own, edit: pasted });
    expect((await service.getTrack(own)).cues[0]?.text).toBe("앞뒤 \ufffd 끝");
  });

  it("answers a cue that isn't there and another's track clearly", async () => {
    const own = await newTrack();
    await expect(service.editTrack({ ...own, edit: edit("nope", "x", 0) })).rejects.toMatchObject({
      code: "gone",
    });
    const stranger = { ...own, ownerId: (await makeUser()).id };
    const query = { format: "srt", bom: "0", lineEnd: "lf" } as const;
    for (const attempt of [
      () => service.getTrack(stranger),
      () => service.editTrack({ ...stranger, edit: edit("cue-0", "x", 0) }),
      () => service.exportTrack({ ...stranger, query }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

describe("exporting a track", () => {
  it("gives the same bytes for the same revision", async () => {
    const own = await newTrack();
    for (const format of ["srt", "vtt", "ass"] as const) {
      const query = { format, bom: "1", lineEnd: "crlf" } as const;
      const [one, two] = await Promise.all([
        service.exportTrack({ ...own, query }),
        service.exportTrack({ ...own, query }),
      ]);
      expect(one).toEqual(two);
      expect(one.text).toContain("자막 1");
      expect(one.text.startsWith("\ufeff")).toBe(true);
      expect(one.fileName).toBe(`회의 "첫째".ko.${format}`);
    }
  });
});
