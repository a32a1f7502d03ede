import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { silentWav } from "@/lib/testing/silent-wav";
import { derivativeKey } from "./keys";

let app: TestApp;
let waveform: typeof import("./waveform");
let preparation: typeof import("./preparation");
let storage: typeof import("@/lib/storage").storage;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [waveform, preparation, { storage }, { db }] = await Promise.all([
    import("./waveform"),
    import("./preparation"),
    import("@/lib/storage"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

/** Three seconds: each sample is its number, cut to 16 bit. */
function countingWav(): Buffer {
  const wav = silentWav(3_000);
  for (let sample = 0; sample < 48_000; sample++) {
    wav.writeInt16LE(((sample + 32_768) % 65_536) - 32_768, 44 + sample * 2);
  }
  return wav;
}

async function withSound() {
  const owner = await makeUser();
  const video = await makeVideo({ ownerId: owner.id, durationMs: 3_000 });
  const file = path.join(app.dataDir, `${video.id}.wav`);
  await writeFile(file, countingWav());
  const key = derivativeKey(video.sourceKey, "audio.wav");
  await storage().put(key, { path: file }, { contentType: "audio/wav" });
  return { userId: owner.id, videoId: video.id, sourceKey: video.sourceKey };
}

const get = (range?: string) =>
  new Request("http://localhost/", range ? { headers: { range } } : {});

async function pairs(response: Response, skip = 24) {
  return [...new Int8Array((await response.arrayBuffer()).slice(skip))];
}

describe("the outline of the sound", () => {
  it("comes in levels, whole or in ranges, with a tag to ask again by", async () => {
    const { sourceKey, ...who } = await withSound();
    await expect(waveform.servePeaks({ ...who, request: get(), level: 10 })).rejects.toMatchObject({
      code: "not_found",
    });
    await preparation.preparePeaks({ videoId: who.videoId });
    for (const [level, count] of [
      [10, 30],
      [50, 150],
      [200, 600],
    ] as const) {
      const whole = await waveform.servePeaks({ ...who, request: get(), level });
      const values = await pairs(whole);
      expect(values).toHaveLength(count * 2);
      const part = await waveform.servePeaks({ ...who, request: get("bytes=44-63"), level });
      expect(part.status).toBe(206);
      expect(await pairs(part, 0)).toEqual(values.slice(20, 40));
      const etag = whole.headers.get("etag") ?? "";
      const again = new Request("http://localhost/", { headers: { "if-none-match": etag } });
      expect((await waveform.servePeaks({ ...who, request: again, level })).status).toBe(304);
    }
  });

  it("is made anew, once, for a video that has an earlier kind", async () => {
    const { sourceKey, ...who } = await withSound();
    const old = derivativeKey(sourceKey, "audio.wav").replace("audio.wav", "peaks.dat");
    const file = path.join(app.dataDir, "old.dat");
    await writeFile(file, "old");
    await storage().put(old, { path: file }, { contentType: "application/octet-stream" });
    await db().video.update({ where: { id: who.videoId }, data: { peaksKey: old } });
    const answers = await Promise.all(
      [10, 50, 200, 50].map((level) =>
        waveform.servePeaks({ ...who, request: get(), level: level as 10 | 50 | 200 }),
      ),
    );
    const lengths = await Promise.all(answers.map(async (answer) => (await pairs(answer)).length));
    expect(lengths).toEqual([60, 300, 1_200, 300]);
    expect(await storage().stat(old)).toBeUndefined();
    const row = await db().video.findUniqueOrThrow({ where: { id: who.videoId } });
    expect(row.peaksKey).toBe(derivativeKey(sourceKey, "peaks-10.dat"));
  });
});

describe("the sound itself", () => {
  it("comes sample by sample, and ends where the video does", async () => {
    const { sourceKey, ...who } = await withSound();
    const read = async (fromMs: number, toMs: number) => {
      const answer = await waveform.serveSound({ ...who, fromMs, toMs });
      const bytes = await answer.arrayBuffer();
      expect(answer.headers.get("content-length")).toBe(String(bytes.byteLength));
      return new Int16Array(bytes);
    };
    const part = await read(500, 502);
    expect([...part]).toEqual(Array.from({ length: 32 }, (_, i) => 8_000 + i));
    expect(await read(2_990, 4_000)).toHaveLength(160);
    expect(await read(5_000, 6_000)).toHaveLength(0);
    await storage().delete([derivativeKey(sourceKey, "audio.wav")]);
    await expect(read(0, 10)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("who may have them", () => {
  it("is whoever may see the video, while its files are there", async () => {
    const { sourceKey, ...who } = await withSound();
    await preparation.preparePeaks({ videoId: who.videoId });
    const other = await makeUser();
    const asked = (userId: string) => [
      () => waveform.servePeaks({ ...who, userId, request: get(), level: 10 }),
      () => waveform.serveSound({ ...who, userId, fromMs: 0, toMs: 10 }),
    ];
    for (const answer of asked(other.id)) {
      await expect(answer()).rejects.toMatchObject({ code: "not_found" });
    }
    const membership = { videoId: who.videoId, userId: other.id, role: "viewer" };
    await db().videoMember.create({ data: membership });
    for (const answer of asked(other.id)) expect((await answer()).status).toBe(200);
    await db().video.update({
      where: { id: who.videoId },
      data: { mediaDeletedAt: new Date() },
    });
    for (const answer of asked(who.userId)) {
      await expect(answer()).rejects.toMatchObject({ code: "gone" });
    }
  });
});
