import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import type { Cue } from "@/lib/subtitles/model";
import type { TrackEvidence } from "@/lib/subtitles/quality/types";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";

let app: TestApp;
let service: typeof import("./service");
let versions: typeof import("./versions");
let reports: typeof import("./reports");
let files: typeof import("./report-file");
let sending: typeof import("./sending");
let make: typeof import("@/lib/testing/tracks");
let transaction: typeof import("@/lib/transaction").transaction;

beforeAll(async () => {
  app = await startTestApp();
  [service, versions, reports, files, sending, make, { transaction }] = await Promise.all([
    import("./service"),
    import("./versions"),
    import("./reports"),
    import("./report-file"),
    import("./sending"),
    import("@/lib/testing/tracks"),
    import("@/lib/transaction"),
  ]);
});
afterAll(() => app.stop());

const evidence: TrackEvidence = {
  speech: [{ startMs: 0, endMs: 10_000 }],
  removed: [
    { id: "0-0", startMs: 8_000, endMs: 9_000, text: "구독과 좋아요", doubts: ["stock_phrase"] },
  ],
  corrections: [],
  stretches: [],
  durationMs: 10_000,
  fps: 25,
};

async function world() {
  const { id: ownerId } = await makeUser();
  const { id: videoId } = await makeVideo({ ownerId, title: "회의" });
  const save = (texts: string[], more: Partial<Parameters<typeof make.makeTrack>[0]> = {}) => {
    const cues = texts.map((text, i) => make.makeCue(`${newId()}`, i * 2_000, text));
    return make.makeTrack({ ownerId, videoId, cues, evidence, ...more });
  };
  const own = (trackId: string) => ({ ownerId, userId: ownerId, trackId });
  const texts = async (trackId: string) =>
    (await service.getTrack(own(trackId))).cues.map(({ text }) => text);
  const write = async (trackId: string, cue: Cue | undefined, text: string) => {
    const { revision } = await service.getTrack(own(trackId));
    const operation = { kind: "setText" as const, cueId: cue?.id ?? "", text };
    return make.editTrack({ actorId: ownerId, trackId, baseRevision: revision, operation });
  };
  return { ownerId, videoId, save, own, texts, write };
}

describe("saving what jobs make", () => {
  it("makes a new version of the language's track and keeps what was edited", async () => {
    const { save, own, texts, write } = await world();
    const first = await save(["하나", "둘"]);
    expect(first.version).toBe(1);
    const { cues } = await service.getTrack(own(first.trackId));
    await write(first.trackId, cues[0], "고친 하나");
    const second = await save(["새 하나"]);
    expect(second).toMatchObject({ trackId: first.trackId, version: 3 });
    expect(await texts(first.trackId)).toEqual(["새 하나"]);
    const { versions: list } = await versions.listVersions(own(first.trackId));
    expect(list.map(({ number, kind, revision }) => [number, kind, revision])).toEqual([
      [3, "job", 2],
      [2, "kept", 1],
      [1, "job", 0],
    ]);
    const third = await save(["또"]);
    expect(third.version).toBe(4);
    const kept = await service.getTrack({ ...own(first.trackId), revision: 1 });
    expect(kept.cues.map(({ text }) => text)).toEqual(["고친 하나", "둘"]);
  });

  it("stores the same job once", async () => {
    const { ownerId, videoId, own } = await world();
    const jobId = await make.makeJob({ ownerId, videoId });
    const cues = [make.makeCue("a", 0, "하나")];
    const saved = { ownerId, videoId, jobId, language: "ko", cues };
    const one = await transaction((tx) => service.saveTrack(tx, saved));
    const two = await transaction((tx) => service.saveTrack(tx, saved));
    expect(two).toEqual(one);
    expect((await versions.listVersions(own(one.trackId))).versions).toHaveLength(1);
  });

  it("keeps both of two jobs that end at once, on one track", async () => {
    const { save, own } = await world();
    const saved = await Promise.all(["하나", "둘", "셋"].map((text) => save([text])));
    expect(new Set(saved.map(({ trackId }) => trackId)).size).toBe(1);
    expect(saved.map(({ version }) => version).sort()).toEqual([1, 2, 3]);
    expect((await versions.listVersions(own(saved[0]?.trackId ?? ""))).versions).toHaveLength(3);
  });

  it("tells an editor that has the old cues open to read the track anew", async () => {
    const { ownerId, save, own, write } = await world();
    const { trackId } = await save(["하나"]);
    const { cues } = await service.getTrack(own(trackId));
    await save(["새 하나"]);
    const now = await service.getTrack(own(trackId));
    const late = (cue: Cue | undefined) => ({
      ...{ clientOpId: newId(), groupId: newId() },
      operation: { kind: "setText" as const, cueId: cue?.id ?? "", text: "늦은 글" },
    });
    const edits = [late(cues[0]), late(now.cues[0])];
    const input = { baseRevision: 0, edits };
    const { outcomes, log } = await sending.sendEdits({ actorId: ownerId, trackId, input });
    expect(outcomes).toMatchObject([{ status: "gone" }, { status: "conflict" }]);
    expect(log.map(({ operation }) => operation.kind)).toEqual(["replace"]);
    await write(trackId, now.cues[0], "지금 글");
  });
});

describe("going back to a version", () => {
  it("brings back its cues, and can itself be taken back", async () => {
    const { save, own, texts, write } = await world();
    const { trackId } = await save(["하나"]);
    await save(["둘"]);
    await write(trackId, (await service.getTrack(own(trackId))).cues[0], "둘 고침");
    const back = await versions.restoreVersion({ ...own(trackId), number: 1 });
    expect(back.version).toBe(4);
    expect(await texts(trackId)).toEqual(["하나"]);
    const [restored, kept] = (await versions.listVersions(own(trackId))).versions;
    expect(restored).toMatchObject({ kind: "restored", restores: 1, actor: { name: "Test" } });
    expect(kept).toMatchObject({ kind: "kept", number: 3 });
    await versions.restoreVersion({ ...own(trackId), number: 3 });
    expect(await texts(trackId)).toEqual(["둘 고침"]);
    const same = await versions.restoreVersion({ ...own(trackId), number: 5 });
    expect(same.version).toBe(5);
    await expect(versions.restoreVersion({ ...own(trackId), number: 99 })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the report of a track", () => {
  it("judges the cues of now by the newest evidence, and a version as it was", async () => {
    const { save, own, write } = await world();
    const { trackId } = await save(["가".repeat(80), "둘"]);
    const before = await reports.trackReport(own(trackId));
    expect(before.report.counts).toMatchObject({ line_width: 1, removed_text: 1 });
    expect(before.report.coverage?.speechMs).toBe(10_000);
    await write(trackId, (await service.getTrack(own(trackId))).cues[0], "짧게");
    const after = await reports.trackReport(own(trackId));
    expect(after.report.counts.line_width).toBeUndefined();
    expect(after.revision).toBe(1);
    const then = await reports.trackReport({ ...own(trackId), version: 1 });
    expect(then.report.counts.line_width).toBe(1);
    await expect(reports.trackReport({ ...own(trackId), version: 9 })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("keeps a version's own report, and shows it in short in the list", async () => {
    const { save, own } = await world();
    const { trackId } = await save(["하나"]);
    const { report } = await reports.trackReport(own(trackId));
    const stored = { ...report, rulesKept: 0.25 };
    await save(["하나"], { report: stored });
    expect((await reports.trackReport({ ...own(trackId), version: 2 })).report).toEqual(stored);
    const [newest, oldest] = (await versions.listVersions(own(trackId))).versions;
    expect(newest?.quality).toMatchObject({ cues: 1, rulesKept: 0.25 });
    expect(oldest?.quality).toBeNull();
  });

  it("finds what a translation's source says differently by now", async () => {
    const { save, own, write } = await world();
    const source = await save(["하나"]);
    const { cues } = await service.getTrack(own(source.trackId));
    const translation = {
      sourceCueId: cues[0]?.id ?? "",
      sourceText: "하나",
      way: "scene" as const,
    };
    const provenance = { origin: "translation" as const, translation };
    const made = await save([], {
      language: "en",
      sourceTrackId: source.trackId,
      cues: [{ ...make.makeCue(cues[0]?.id ?? "", 0, "One"), provenance }],
      evidence: {
        ...evidence,
        removed: [],
        translation: { sourceLanguage: "ko", ways: { scene: 1 } },
      },
    });
    expect((await service.getTrack(own(made.trackId))).sourceTrackId).toBe(source.trackId);
    const fresh = await reports.trackReport(own(made.trackId));
    expect(fresh.report.counts.translation_stale).toBeUndefined();
    expect(fresh.report.coverage).toBeUndefined();
    await write(source.trackId, cues[0], "하나 둘");
    const stale = await reports.trackReport(own(made.trackId));
    expect(stale.report.counts.translation_stale).toBe(1);
  });

  it("comes as CSV in the person's language, and as JSON", async () => {
    const { save, own } = await world();
    const { trackId } = await save(['=가"나,'.repeat(12)]);
    const csv = await files.reportAsCsv({ ...own(trackId), locale: "ko" });
    expect(csv.fileName).toBe("회의.ko.품질.csv");
    const [head, first] = csv.text.split("\r\n");
    expect(head).toBe(
      "\ufeff시작,끝,자막 번호,중요도,종류,찾은 것,자막,고치는 방법,그대로 둔 까닭",
    );
    expect(first).toContain("line_width");
    expect(first).toContain(`"'=가""나,`);
    const english = await files.reportAsCsv({ ...own(trackId), locale: "en" });
    expect(english.text).toMatch(/A line has \d+ characters/);
    const json = await files.reportAsJson({ ...own(trackId), locale: "en" });
    expect(JSON.parse(json.text)).toMatchObject({ language: "ko", report: { version: 1 } });
  });
});

describe("where a cue comes from", () => {
  it("tells its making and who has changed it", async () => {
    const { ownerId, save, own, write } = await world();
    const provenance = {
      origin: "recognition" as const,
      engine: "local",
      chunks: [0, 0] as [number, number],
    };
    const cues = [make.makeCue("a-cue", 0, "하나", { provenance }), make.makeCue("b", 3_000, "둘")];
    const { trackId } = await save([], { cues });
    await write(trackId, cues[0], "고침");
    await write(trackId, cues[1], "다른 것");
    const history = await versions.cueHistory({ ...own(trackId), cueId: "a-cue" });
    expect(history).toMatchObject({
      provenance,
      edits: [{ actor: { id: ownerId, name: "Test" }, kind: "setText", revision: 1 }],
    });
    expect(await versions.cueHistory({ ...own(trackId), cueId: "none" })).toEqual({
      provenance: null,
      edits: [],
    });
  });

  it("is its newest edits where there are very many", async () => {
    const { ownerId, own, save } = await world();
    const { trackId } = await save([], { cues: [make.makeCue("a", 0, "하나")] });
    const { db } = await import("@/lib/db");
    const set = { kind: "setText", cueId: "a", text: "또" };
    const rows = Array.from({ length: 203 }, (_, i) => ({
      ...{ trackId, revision: i + 1, baseRevision: i, clientOpId: newId(), actorId: ownerId },
      ...{ operation: set, inverse: set },
    }));
    await db().trackOperation.createMany({ data: rows });
    const { edits } = await versions.cueHistory({ ...own(trackId), cueId: "a" });
    expect(edits.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 200 }, (_, i) => i + 4),
    );
  });
});

it("gives another person's versions, reports and histories to nobody", async () => {
  const { save } = await world();
  const { trackId } = await save(["하나"]);
  const { id } = await makeUser();
  const stranger = { trackId, ownerId: id, userId: id };
  for (const attempt of [
    () => versions.listVersions(stranger),
    () => versions.restoreVersion({ ...stranger, number: 1 }),
    () => versions.cueHistory({ ...stranger, cueId: "x" }),
    () => reports.trackReport(stranger),
    () => files.reportAsCsv({ ...stranger, locale: "ko" }),
    () => service.trackSource(stranger),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  }
});
