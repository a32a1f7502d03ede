import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import type { TranscriptView } from "./schema";

let app: TestApp;
let service: typeof import("./service");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [service, { db }] = await Promise.all([import("./service"), import("@/lib/db")]);
});
afterAll(() => app.stop());

const utf8 = (text: string) => new TextEncoder().encode(text);

describe("a text for a video", () => {
  it("is read, kept for its owner, and told about in the reader's language", async () => {
    const owner = await makeUser();
    const { id: videoId } = await makeVideo({ ownerId: owner.id });
    const bytes = utf8("[00:01] 안녕하세요.\n[00:05] 반갑습니다.");
    const options = { ownerId: owner.id, videoId, fileName: "대본.txt", bytes };
    const view = await service.importTranscript({ ...options, locale: "ko" });
    expect(view).toEqual({
      id: view.id,
      fileName: "대본.txt",
      format: "txt",
      lines: [{ text: "안녕하세요." }, { text: "반갑습니다." }],
      warnings: [{ line: 1, code: "times_removed", message: expect.stringContaining("시간") }],
    });
    const again = await service.getTranscript({ ownerId: owner.id, transcriptId: view.id });
    expect(again.lines).toEqual(view.lines);
    expect(await service.transcriptLines(view.id)).toEqual({ format: "txt", lines: view.lines });
  });

  it("is nobody else's, and for nobody else's video", async () => {
    const [owner, other] = [await makeUser(), await makeUser()];
    const { id: videoId } = await makeVideo({ ownerId: owner.id });
    const given = { videoId, fileName: "a.txt", bytes: utf8("안녕"), locale: "en" } as const;
    const view = await service.importTranscript({ ownerId: owner.id, ...given });
    const missing = { code: "not_found" };
    await expect(service.importTranscript({ ownerId: other.id, ...given })).rejects.toMatchObject(
      missing,
    );
    await expect(
      service.getTranscript({ ownerId: other.id, transcriptId: view.id }),
    ).rejects.toMatchObject(missing);
    await expect(service.transcriptLines(newId())).rejects.toMatchObject(missing);
  });

  it("goes when newer ones come and no job was made from it, and with its video", async () => {
    const owner = await makeUser();
    const { id: videoId } = await makeVideo({ ownerId: owner.id });
    const bring = (text: string) =>
      service.importTranscript({
        ...{ ownerId: owner.id, videoId, fileName: "a.txt", bytes: utf8(text), locale: "en" },
      });
    const used = await bring("used");
    await db().job.create({
      data: {
        ...{ id: newId(), ownerId: owner.id, videoId, language: "ko", kind: "align" },
        ...{ transcriptId: used.id, idempotencyKey: newId() },
      },
    });
    const texts: TranscriptView[] = [];
    for (let n = 0; n < 7; n++) texts.push(await bring(`text ${n}`));
    const kept = await db().transcript.findMany({ where: { videoId }, orderBy: { id: "asc" } });
    expect(kept.map(({ id }) => id)).toEqual([used, ...texts.slice(2)].map(({ id }) => id));
    await db().video.delete({ where: { id: videoId } });
    expect(await db().transcript.count({ where: { videoId } })).toBe(0);
  });
});
