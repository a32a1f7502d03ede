import { createHash } from "node:crypto";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppError } from "@/lib/errors";
import { readSubtitles } from "@/lib/subtitles/formats";
import { defaultStyle } from "@/lib/subtitles/style";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import type { ExportQuery } from "./export-schema";

let app: TestApp;
let service: typeof import("./service");
let versions: typeof import("./versions");
let exporting: typeof import("./exporting");
let importing: typeof import("./importing");
let make: typeof import("@/lib/testing/tracks");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [service, versions, exporting, importing, make, { db }] = await Promise.all([
    import("./service"),
    import("./versions"),
    import("./exporting"),
    import("./importing"),
    import("@/lib/testing/tracks"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

const locale = "ko" as const;

/** A video in two languages with a viewer and an editor. */
async function newVideo() {
  const [owner, viewer, editor, other] = await Promise.all([
    makeUser(),
    makeUser(),
    makeUser(),
    makeUser(),
  ]);
  const video = await makeVideo({ ownerId: owner.id, title: '회의 "첫째"/둘째' });
  const own = { ownerId: owner.id, videoId: video.id };
  const cues = [0, 1, 2].map((i) => make.makeCue(`cue-${i}`, i * 2000, `자막 ${i}`));
  const { trackId } = await make.makeTrack({ ...own, cues });
  const english = cues.map((cue, i) => ({ ...cue, text: `Subtitle ${i}` }));
  const { trackId: second } = await make.makeTrack({
    ...own,
    cues: english,
    language: "en",
    sourceTrackId: trackId,
  });
  await db().videoMember.createMany({
    data: [
      { videoId: video.id, userId: viewer.id, role: "viewer" },
      { videoId: video.id, userId: editor.id, role: "editor" },
    ],
  });
  return {
    ...own,
    userId: owner.id,
    trackId,
    second,
    viewer: viewer.id,
    editor: editor.id,
    other: other.id,
  };
}

const text = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes);
const bytesOf = (content: string) => new TextEncoder().encode(content);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: AppError) => error.code,
  );

describe("exporting", () => {
  it.each(["srt", "vtt", "ass", "txt", "json", "csv", "ttml", "smi", "sbv", "docx"] as const)(
    "gives the same bytes of %s for the same version and options",
    async (format) => {
      const { userId, trackId } = await newVideo();
      const query: ExportQuery = { format, version: 1, frames: "1" };
      const one = await exporting.exportTrack({ userId, trackId, query, locale });
      await make.editTrack({
        actorId: userId,
        trackId,
        baseRevision: 0,
        operation: { kind: "setText", cueId: "cue-1", text: "바뀐 글" },
      });
      const two = await exporting.exportTrack({ userId, trackId, query, locale });
      expect(two).toEqual(one);
      expect(one.fileName).toBe(`회의 _첫째__둘째.ko.${format}`);
      expect(one.sha256).toBe(createHash("sha256").update(one.bytes).digest("hex"));
      const now = await exporting.exportTrack({ userId, trackId, query: { format }, locale });
      expect(now.sha256).not.toBe(one.sha256);
      expect([one.revision, now.revision]).toEqual([0, 1]);
    },
  );

  it("writes two languages, looks and what was asked for", async () => {
    const { userId, trackId, second } = await newVideo();
    const style = { ...defaultStyle, color: "#ffff00" };
    await make.editTrack({
      actorId: userId,
      trackId,
      baseRevision: 0,
      operation: { kind: "setTrackStyle", style },
    });
    const file = (query: ExportQuery) => exporting.exportTrack({ userId, trackId, query, locale });
    const both = await file({ format: "srt", second, bom: "1", lineEnd: "crlf" });
    expect(text(both)).toContain("자막 1\r\nSubtitle 1\r\n");
    expect(both.fileName).toBe("회의 _첫째__둘째.ko+en.srt");
    expect(both.losses.map(({ code }) => code)).toEqual(["look_dropped"]);
    expect(text(await file({ format: "ass" }))).toContain("&H0000FFFF");
  });

  it("makes a script that opens", async () => {
    const { userId, trackId, second } = await newVideo();
    const { bytes } = await exporting.exportTrack({
      userId,
      trackId,
      query: { format: "docx", second },
      locale,
    });
    const parts = unzipSync(bytes);
    expect(Object.keys(parts)).toContain("word/document.xml");
    const page = strFromU8(parts["word/document.xml"] ?? new Uint8Array());
    expect(page.match(/<w:tr>/g)).toHaveLength(4);
    for (const word of ["번호", "한국어", "영어", "자막 2", "Subtitle 2", "0:04.000"])
      expect(page).toContain(word);
  });

  it("packs languages and formats, the same every time", async () => {
    const { userId, videoId, second } = await newVideo();
    const pack = (query: Parameters<typeof exporting.exportArchive>[0]["query"]) =>
      exporting.exportArchive({ userId, videoId, query, locale });
    const archive = await pack({ formats: ["vtt", "srt"] });
    expect((await pack({ formats: ["srt", "vtt"] })).sha256).toBe(archive.sha256);
    const files = unzipSync(archive.bytes);
    const title = "회의 _첫째__둘째";
    expect(Object.keys(files)).toEqual([
      `${title}.en.srt`,
      `${title}.en.vtt`,
      `${title}.ko.srt`,
      `${title}.ko.vtt`,
    ]);
    expect(strFromU8(files[`${title}.ko.srt`] ?? new Uint8Array())).toContain("자막 2");
    const one = await pack({ tracks: [second], formats: ["srt"] });
    expect(Object.keys(unzipSync(one.bytes))).toEqual([`${title}.en.srt`]);
  });

  it("is for whoever may see the video", async () => {
    const { trackId, videoId, viewer, other, second } = await newVideo();
    const stranger = await newVideo();
    const query: ExportQuery = { format: "srt" };
    const as = (userId: string, more: Partial<ExportQuery> = {}) =>
      codeOf(exporting.exportTrack({ userId, trackId, query: { ...query, ...more }, locale }));
    expect(await as(viewer, { second })).toBe("done");
    expect(await as(other)).toBe("not_found");
    expect(await as(viewer, { second: stranger.trackId })).toBe("not_found");
    expect(await as(viewer, { version: 9 })).toBe("not_found");
    const zip = (userId: string, tracks?: string[]) =>
      codeOf(
        exporting.exportArchive({
          userId,
          videoId,
          query: { formats: ["srt"], ...(tracks && { tracks }) },
          locale,
        }),
      );
    expect(await zip(viewer)).toBe("done");
    expect(await zip(other)).toBe("not_found");
    expect(await zip(viewer, [stranger.trackId])).toBe("not_found");
  });
});

describe("importing into a track", () => {
  const srt =
    "1\n00:00:00,000 --> 00:00:01,500\n자막 0\n\n2\n00:00:02,100 --> 00:00:03,600\n고친 글\n\n3\n00:00:10,000 --> 00:00:12,000\n새 자막\n";
  const file = (content: string, more: Record<string, unknown> = {}) => ({
    bytes: bytesOf(content),
    query: { fileName: "a.srt", preview: "0" as const, ...more },
    locale,
  });

  it("shows what would change, then changes it and keeps what was there", async () => {
    const { userId, trackId } = await newVideo();
    const preview = await importing.previewReplacement({ userId, trackId, ...file(srt) });
    expect(preview).toMatchObject({
      ...{ format: "srt", encoding: "utf-8", cues: 3, problems: [], revision: 0 },
      changes: { added: 1, removed: 1, changed: 1, moved: 0, same: 1 },
    });
    expect((await service.getTrack({ userId, trackId })).revision).toBe(0);
    const done = await importing.replaceFromFile({
      userId,
      trackId,
      ...file(srt, { baseRevision: 0 }),
    });
    expect(done).toMatchObject({ trackId, revision: 1, version: 2, kept: 1 });
    const { cues } = await service.getTrack({ userId, trackId });
    expect(cues.map(({ id, text }) => [id, text]).slice(0, 2)).toEqual([
      ["cue-0", "자막 0"],
      ["cue-1", "고친 글"],
    ]);
    expect(cues[2]).toMatchObject({ text: "새 자막", provenance: { origin: "import" } });
    const [newest, before] = (await versions.listVersions({ userId, trackId })).versions;
    expect([newest?.kind, newest?.actor?.id, before?.kind]).toEqual(["imported", userId, "job"]);
    await versions.restoreVersion({ userId, trackId, number: 1 });
    expect((await service.getTrack({ userId, trackId })).cues.map(({ id }) => id)).toEqual([
      "cue-0",
      "cue-1",
      "cue-2",
    ]);
  });

  it("replaces nothing that has changed since it was compared", async () => {
    const { userId, trackId } = await newVideo();
    await make.editTrack({
      actorId: userId,
      trackId,
      baseRevision: 0,
      operation: { kind: "setText", cueId: "cue-1", text: "바뀐 글" },
    });
    const stale = importing.replaceFromFile({ userId, trackId, ...file(srt, { baseRevision: 0 }) });
    expect(await codeOf(stale)).toBe("conflict");
    const current = await importing.previewReplacement({ userId, trackId, ...file(srt) });
    expect(current.revision).toBe(1);
  });

  it("gives our own JSON back to the letter", async () => {
    const { userId, trackId } = await newVideo();
    const query: ExportQuery = { format: "json" };
    const before = await service.getTrack({ userId, trackId });
    const json = await exporting.exportTrack({ userId, trackId, query, locale });
    const operation = { kind: "setStyle" as const, cueId: "cue-1", style: { bold: false } };
    await make.editTrack({ actorId: userId, trackId, baseRevision: 0, operation });
    await importing.replaceFromFile({
      userId,
      trackId,
      ...file(text(json), { fileName: "a.json", baseRevision: 1 }),
    });
    const after = await service.getTrack({ userId, trackId });
    expect([after.cues, after.style]).toEqual([before.cues, before.style]);
  });

  it("takes looks from ASS, and leaves those alone that it was written with", async () => {
    const { userId, trackId } = await newVideo();
    const style = { ...defaultStyle, color: "#ffff00" };
    const operation = { kind: "setTrackStyle" as const, style };
    await make.editTrack({ actorId: userId, trackId, baseRevision: 0, operation });
    const query: ExportQuery = { format: "ass" };
    const ass = text(await exporting.exportTrack({ userId, trackId, query, locale }));
    const bring = (content: string) =>
      importing.previewReplacement({ userId, trackId, ...file(content, { fileName: "a.ass" }) });
    expect((await bring(ass)).changes).toMatchObject({ same: 3, changed: 0 });
    const other = ass.replace("&H0000FFFF", "&H000000FF");
    const more = { fileName: "a.ass", baseRevision: 1 };
    await importing.replaceFromFile({ userId, trackId, ...file(other, more) });
    const track = await service.getTrack({ userId, trackId });
    expect(track.style).toEqual({ ...style, color: "#ff0000" });
  });

  it("reads a text into the present times, and says where it guessed", async () => {
    const { userId, trackId } = await newVideo();
    const cp949 = new Uint8Array(Buffer.from("b0a1b3aa0ab4d9b6f30ab8b6b9d90a", "hex"));
    const preview = await importing.previewReplacement({
      userId,
      trackId,
      bytes: cp949,
      query: { fileName: "a.txt", preview: "1" },
      locale,
    });
    expect(preview.problems.map(({ code }) => code)).toEqual(["times_kept", "encoding_guessed"]);
    expect(preview.sample.map((cue) => [cue.startMs, cue.text])).toEqual([
      [0, "가나"],
      [2000, "다라"],
      [4000, "마바"],
    ]);
    expect(preview.changes).toMatchObject({ changed: 3, added: 0, removed: 0 });
  });

  it("refuses what holds no subtitles", async () => {
    const { userId, trackId } = await newVideo();
    const bring = (content: string, fileName: string) =>
      codeOf(
        importing.replaceFromFile({
          userId,
          trackId,
          ...file(content, { fileName, baseRevision: 0 }),
        }),
      );
    expect(await bring("%PDF-1.7", "a.srt")).toBe("subtitles_unreadable");
    expect(await bring("", "a.srt")).toBe("transcript_empty");
    expect(await bring("nothing", "a.srt")).toBe("transcript_empty");
  });

  it("is for whoever may edit", async () => {
    const { trackId, videoId, viewer, editor, other } = await newVideo();
    const bring = (userId: string) =>
      codeOf(importing.replaceFromFile({ userId, trackId, ...file(srt, { baseRevision: 0 }) }));
    const add = (userId: string, language: string) =>
      codeOf(
        importing.addLanguageFromFile({
          userId,
          videoId,
          ...file(srt),
          query: { fileName: "a.srt", preview: "0", language },
        }),
      );
    expect(await bring(other)).toBe("not_found");
    expect(await bring(viewer)).toBe("forbidden");
    expect(await bring(editor)).toBe("done");
    expect(await add(other, "ja")).toBe("not_found");
    expect(await add(viewer, "ja")).toBe("forbidden");
    expect(await add(editor, "ja")).toBe("done");
  });
});

describe("importing as a new language", () => {
  it("makes a track whose cues are those of the spoken language where they match", async () => {
    const { userId, videoId, ownerId, trackId } = await newVideo();
    const vtt =
      "WEBVTT\n\n00:00.000 --> 00:01.500\nこんにちは\n\n00:08.000 --> 00:09.000 line:0\nさようなら\n";
    const query = { fileName: "a.vtt", preview: "0" as const, language: "ja" };
    const bring = { userId, videoId, bytes: bytesOf(vtt), query, locale };
    expect(await importing.previewNewLanguage(bring)).toMatchObject({ cues: 2, changes: null });
    const made = await importing.addLanguageFromFile(bring);
    expect(made).toMatchObject({ revision: 0, version: 1, kept: null });
    const track = await service.getTrack({ userId, trackId: made.trackId });
    expect(track).toMatchObject({
      ...{ language: "ja", sourceTrackId: trackId, revision: 0 },
      cues: [
        { id: "cue-0", text: "こんにちは" },
        { text: "さようなら", settings: { line: 0 } },
      ],
    });
    expect(await codeOf(importing.addLanguageFromFile(bring))).toBe("conflict");
    expect(await codeOf(importing.previewNewLanguage(bring))).toBe("conflict");
    const row = await db().track.findUniqueOrThrow({ where: { id: made.trackId } });
    expect(row.ownerId).toBe(ownerId);
    const { document } = readSubtitles({
      text: text(
        await exporting.exportTrack({
          userId,
          trackId: made.trackId,
          query: { format: "vtt" },
          locale,
        }),
      ),
    });
    expect(document.cues).toHaveLength(2);
  });
});
