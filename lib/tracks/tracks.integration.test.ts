import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";

let app: TestApp;
let service: typeof import("./service");
let jobs: typeof import("@/lib/jobs/service");
let transaction: typeof import("@/lib/transaction").transaction;

beforeAll(async () => {
  app = await startTestApp();
  service = await import("./service");
  jobs = await import("@/lib/jobs/service");
  ({ transaction } = await import("@/lib/transaction"));
});
afterAll(() => app.stop());

async function newTrack() {
  const owner = await makeUser();
  const video = await makeVideo({ ownerId: owner.id, title: '회의 "첫째"' });
  const input = { videoId: video.id, language: "ko", idempotencyKey: "track-test" };
  const job = await jobs.createJob({ ownerId: owner.id, input });
  const cues = [0, 1, 2].map((index) => ({
    id: `cue-${index}`,
    startMs: index * 2000,
    endMs: index * 2000 + 1500,
    text: `자막 ${index}`,
  }));
  const options = { ownerId: owner.id, videoId: video.id, jobId: job.id, language: "ko", cues };
  const trackId = await transaction((tx) => service.createTrack(tx, options));
  const again = await transaction((tx) => service.createTrack(tx, options));
  expect(again).toBe(trackId);
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
    expect(result.missed.map((other) => other.operation.text)).toEqual(["하나"]);
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
      data: { cueId: "cue-0", yours: "이쪽", theirs: "그쪽", revision: 1 },
    });
    await service.editTrack({ ...own, edit: edit("cue-0", "이쪽", 1) });
    expect((await service.getTrack(own)).cues[0]?.text).toBe("이쪽");
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
