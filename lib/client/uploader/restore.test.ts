import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { plainOptions } from "@/lib/jobs/plain-options";
import { createRecordStore } from "./record-store";
import { createFakeServer, createTestPorts, fakeMp4, reached } from "./test-ports";
import { createUploader } from "./uploader";

const SIZE = 10 * 64 * 1024 + 7;
const options = { caption: false, language: "ko" };
const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

/** A page that sent four of eleven parts and was then left. */
async function leftPage(settings: { roomBytes: number; paused?: boolean }) {
  const server = createFakeServer();
  const name = crypto.randomUUID();
  const store = () => createRecordStore({ name, roomLeft: async () => settings.roomBytes });
  const file = fakeMp4("clip.mp4", SIZE);
  const page = createUploader(createTestPorts(server, { records: store() }));
  server.before = async (call) => {
    if (/send ([5-9]|1\d)/.test(call)) await new Promise(() => {});
  };
  const [id = ""] = page.add([{ file }], options);
  await expect.poll(() => server.uploads.values().toArray()[0]?.parts.length).toBe(4);
  if (settings.paused) page.pause(id);
  // The copy of the file is made beside the sending.
  await new Promise((resolve) => setTimeout(resolve, 50));
  server.before = () => {};
  server.calls.length = 0;
  const records = store();
  const uploader = createUploader(createTestPorts(server, { records }));
  return { server, uploader, records, file, id };
}

const sends = (calls: string[]) => calls.filter((call) => call.startsWith("send"));

describe("after a reload", () => {
  it("goes on by itself with the kept file and skips finished parts", async () => {
    const { server, uploader, records, file, id } = await leftPage({ roomBytes: 1024 ** 3 });
    await uploader.restore();
    expect(uploader.getSnapshot()).toHaveLength(1);
    await reached(uploader, id, "done");
    expect(sends(server.calls)).toHaveLength(7);
    expect(server.objects.values().toArray()[0]).toEqual(await bytesOf(file));
    await expect.poll(() => records.all()).toEqual([]);
  });

  it("stays paused if it was", async () => {
    const { server, uploader, id } = await leftPage({ roomBytes: 1024 ** 3, paused: true });
    await uploader.restore();
    expect(uploader.getSnapshot()[0]).toMatchObject({ phase: "paused" });
    expect(uploader.getSnapshot()[0]?.progress.sentBytes).toBe(4 * 64 * 1024);
    expect(sends(server.calls)).toEqual([]);
    uploader.resume(id);
    await reached(uploader, id, "done");
    expect(sends(server.calls)).toHaveLength(7);
  });

  it("keeps what was ordered with it", async () => {
    const { server, uploader, id } = await leftPage({ roomBytes: 1024 ** 3, paused: true });
    const upload = server.uploads.values().toArray()[0];
    if (upload) upload.caption = { language: "en", options: plainOptions, maxCredits: 10 };
    await uploader.restore();
    expect(uploader.getSnapshot()[0]).toMatchObject({
      caption: { language: "en", maxCredits: 10 },
      durationMs: 60_000,
      language: "ko",
    });
    uploader.resume(id);
    expect(await reached(uploader, id, "done")).toMatchObject({ jobId: "job-1" });
  });

  it("asks for the file where none could be kept, and takes no other", async () => {
    const { server, uploader, file, id } = await leftPage({ roomBytes: 0 });
    await uploader.restore();
    expect(uploader.getSnapshot()[0]).toMatchObject({ phase: "needs_file" });
    const otherSize = fakeMp4("clip.mp4", SIZE + 1);
    const otherName = new File([await file.arrayBuffer()], "other.mp4", {
      lastModified: file.lastModified,
    });
    expect(await uploader.attachFile(id, { file: otherSize })).toBe(false);
    expect(await uploader.attachFile(id, { file: otherName })).toBe(false);
    expect(await uploader.attachFile(id, { file })).toBe(true);
    await reached(uploader, id, "done");
    expect(sends(server.calls)).toHaveLength(7);
  });

  it("goes on when the same file is simply added again", async () => {
    const { server, uploader, file, id } = await leftPage({ roomBytes: 0 });
    await uploader.restore();
    uploader.add([{ file }], options);
    await reached(uploader, id, "done");
    expect(uploader.getSnapshot()).toHaveLength(1);
    expect(sends(server.calls)).toHaveLength(7);
  });

  it("forgets what the server has finished or never knew", async () => {
    for (const change of ["completed", "unknown"]) {
      const { server, uploader, records } = await leftPage({ roomBytes: 1024 ** 3 });
      const upload = server.uploads.values().toArray()[0];
      if (upload && change === "completed") upload.state = "completed";
      else server.uploads.clear();
      await uploader.restore();
      expect(uploader.getSnapshot()).toEqual([]);
      expect(await records.all()).toEqual([]);
    }
  });

  it("shows an upload once, however often it is restored", async () => {
    const { uploader, id } = await leftPage({ roomBytes: 1024 ** 3 });
    await Promise.all([uploader.restore(), uploader.restore()]);
    expect(uploader.getSnapshot()).toHaveLength(1);
    await reached(uploader, id, "done");
  });
});
