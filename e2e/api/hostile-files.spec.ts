import { mkdtemp, open, readFile, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import type { VideoView } from "@/lib/videos/schema";
import { programSession } from "../fixtures/account";
import { madeVideo, speechVideo } from "../fixtures/media";
import { uploadFile, videoWhen } from "../fixtures/uploads";

const picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=5:d=2"];
const sound = ["-f", "lavfi", "-i", "sine=440:d=2"];
const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

async function scratch(name: string, bytes: Buffer | string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "ax2-hostile-"));
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}

/** Name of the case, the file, and the reason it must be refused with. */
const refused: [string, () => Promise<string>, string][] = [
  ["zero bytes", () => scratch("empty.mp4", ""), "file_empty"],
  ["text called .mp4", () => scratch("notes.mp4", "hello ".repeat(5000)), "file_type_unsupported"],
  [
    "an HLS playlist called .mp4",
    () =>
      scratch(
        "list.mp4",
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
      ),
    "file_type_unsupported",
  ],
  [
    "a MOV whose end is missing",
    async () => {
      const whole = await readFile(await speechVideo("mov"));
      return scratch("cut.mov", whole.subarray(0, Math.floor(whole.length * 0.7)));
    },
    "file_truncated",
  ],
  [
    "an MP4 with its index in front whose end is missing",
    async () => {
      const whole = await readFile(await speechVideo("mp4"));
      return scratch("cut.mp4", whole.subarray(0, Math.floor(whole.length * 0.7)));
    },
    "file_truncated",
  ],
  [
    "a film without sound",
    () => madeVideo("mute.mp4", [...picture, ...h264]),
    "audio_stream_missing",
  ],
  [
    "sound without a picture",
    () => madeVideo("sound-only.mp4", [...sound, "-c:a", "aac"]),
    "video_stream_missing",
  ],
  [
    "a codec with known holes",
    () => madeVideo("magic.avi", [...picture, ...sound, "-c:v", "magicyuv", "-c:a", "mp3"]),
    "codec_unsupported",
  ],
  [
    "more than 2 GB",
    async () => {
      const file = await scratch("huge.mp4", "");
      await truncate(file, 2 * 1024 ** 3 + 1);
      return file;
    },
    "file_too_large",
  ],
];

test("refused files leave nothing behind and say why", async ({ baseURL }) => {
  const session = await programSession(baseURL ?? "");
  for (const [name, make, code] of refused) {
    const outcome = uploadFile(session, await make());
    await expect(outcome, name).rejects.toMatchObject({ code });
  }
  const { videos } = await session.call<{ videos: VideoView[] }>("/api/v1/videos");
  expect(videos).toEqual([]);
});

const names = [
  "../../etc/passwd.mp4",
  "quo\"te's & <b>.mp4",
  "회의 녹화.mp4".normalize("NFD"),
  "🎬 первый 映像.mp4",
  `${"가".repeat(200)}.mp4`,
  "evil\u202e4pm.mp4",
];

test("names of every kind are kept, cleaned, and come back on download", async ({ baseURL }) => {
  const session = await programSession(baseURL ?? "");
  const file = await madeVideo("named.mp4", [...picture, ...sound, ...h264, "-c:a", "aac"]);
  for (const name of names) {
    const { videoId } = await uploadFile(session, file, { name });
    const video = await videoWhen(session, videoId, (now) => now.downloadUrl !== null);
    expect(video.fileName).toBe(video.fileName.normalize("NFC"));
    expect(video.fileName).not.toMatch(/[/\\\p{Cc}\p{Bidi_Control}]/u);
    expect(new TextEncoder().encode(video.fileName).length).toBeLessThanOrEqual(255);
    expect(video.fileName.endsWith(".mp4")).toBe(true);
    const answer = await session.fetch(video.downloadUrl ?? "");
    expect(answer.status).toBe(200);
    const disposition = answer.headers.get("content-disposition") ?? "";
    const encoded = /filename\*=UTF-8''(.+)$/.exec(disposition)?.[1] ?? "";
    expect(decodeURIComponent(encoded)).toBe(video.fileName);
    expect(Buffer.from(await answer.arrayBuffer()).equals(await readFile(file))).toBe(true);
    // The same file again under another name is another video: make room for the next one.
    await session.call(`/api/v1/videos/${videoId}`, { method: "DELETE" });
  }
});

test("a file that lies about its size is refused", async ({ baseURL }) => {
  const session = await programSession(baseURL ?? "");
  const file = await speechVideo("mp4");
  const handle = await open(file);
  const { size } = await handle.stat();
  await handle.close();
  const bytes = await readFile(file);
  const form = new FormData();
  const claimed = size - 5;
  form.set(
    "meta",
    JSON.stringify({
      fileName: "liar.mp4",
      sizeBytes: claimed,
      contentType: "video/mp4",
      fingerprint: "a".repeat(64),
      ranges: [{ offset: 0, length: claimed }],
      caption: false,
    }),
  );
  form.set("sample", new Blob([bytes.subarray(0, size)]));
  const answer = await session.fetch("/api/v1/uploads", { method: "POST", body: form });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: "invalid_request" });
});

test("ranges, conditions and HEAD answer as RFC 9110 says", async ({ baseURL }) => {
  const session = await programSession(baseURL ?? "");
  const file = await madeVideo("ranges.mp4", [...picture, ...sound, ...h264, "-c:a", "aac"]);
  const bytes = await readFile(file);
  const { videoId } = await uploadFile(session, file);
  const video = await videoWhen(session, videoId, (now) => now.playUrl !== null);
  const url = video.playUrl ?? "";
  const get = (headers: Record<string, string>, method = "GET") =>
    session.fetch(url, { headers, method });

  const whole = await get({});
  const etag = whole.headers.get("etag") ?? "";
  expect(whole.headers.get("accept-ranges")).toBe("bytes");
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);

  const part = await get({ range: "bytes=10-19" });
  expect(part.status).toBe(206);
  expect(part.headers.get("content-range")).toBe(`bytes 10-19/${bytes.length}`);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);

  const tail = await get({ range: "bytes=-7" });
  expect(Buffer.from(await tail.arrayBuffer()).equals(bytes.subarray(-7))).toBe(true);
  expect((await get({ range: `bytes=${bytes.length}-` })).status).toBe(416);
  expect((await get({ range: "bytes=9-3" })).status).toBe(200);
  expect((await get({ range: "bytes=0-1", "if-range": '"another"' })).status).toBe(200);
  expect((await get({ "if-none-match": etag })).status).toBe(304);
  const head = await get({}, "HEAD");
  expect(head.status).toBe(200);
  expect(head.headers.get("etag")).toBe(etag);
});
