import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";
import { maxPhotoBytes } from "./schema";

let app: TestApp;
let photo: typeof import("./photo");
let forms: typeof import("./photo-form");
let database: typeof import("@/lib/db");
let storage: ReturnType<typeof import("@/lib/storage").storage>;
let bytes: Buffer;

beforeAll(async () => {
  app = await startTestApp();
  [photo, forms, database] = await Promise.all([
    import("./photo"),
    import("./photo-form"),
    import("@/lib/db"),
  ]);
  storage = (await import("@/lib/storage")).storage();
  const create = { width: 60, height: 40, channels: 3 as const, background: "teal" };
  bytes = await sharp({ create }).jpeg().toBuffer();
});
afterAll(() => app.stop());

const crop = { x: 0, y: 0, size: 40 };
const get = (headers: Record<string, string> = {}) =>
  new Request("http://localhost/api/v1/me/photo", { headers });
const objectsOf = async (userId: string) =>
  (await storage.list(`u/${userId}/`)).objects.map(({ pathname }) => pathname);

describe("a profile picture", () => {
  it("is stored, served to its owner only, and replaced without leaving the old one", async () => {
    const { id: userId } = await makeUser();
    const first = await photo.storePhoto({ userId, bytes, crop });
    const [key = ""] = await objectsOf(userId);
    expect(first.photoUrl).toBe(`/api/v1/me/photo?v=${key.split("/").at(-1)}`);

    const answer = await photo.servePhoto({ request: get(), userId });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "private, no-cache",
      "content-disposition": expect.stringMatching(/^inline/),
      "x-content-type-options": "nosniff",
    });
    const served = Buffer.from(await answer.arrayBuffer());
    expect(await sharp(served).metadata()).toMatchObject({ format: "webp", width: 512 });
    const again = get({ "if-none-match": answer.headers.get("etag") ?? "" });
    expect((await photo.servePhoto({ request: again, userId })).status).toBe(304);

    const { id: stranger } = await makeUser();
    await expect(photo.servePhoto({ request: get(), userId: stranger })).rejects.toMatchObject({
      code: "not_found",
    });

    const second = await photo.storePhoto({ userId, bytes, crop });
    expect(second.photoUrl).not.toBe(first.photoUrl);
    const left = await objectsOf(userId);
    expect(left).toHaveLength(1);
    expect(left).not.toContain(key);
  });

  it("put many times at the same moment leaves the one the account points to", async () => {
    const { id: userId } = await makeUser();
    await Promise.all([1, 2, 3, 4].map(() => photo.storePhoto({ userId, bytes, crop })));
    const { photoKey } = await database.db().user.findUniqueOrThrow({ where: { id: userId } });
    expect(await objectsOf(userId)).toEqual([photoKey]);
  });

  it("is taken away, and again", async () => {
    const { id: userId } = await makeUser();
    await photo.storePhoto({ userId, bytes, crop });
    expect(await photo.removePhoto(userId)).toMatchObject({ id: userId, photoUrl: null });
    expect(await photo.removePhoto(userId)).toMatchObject({ photoUrl: null });
    expect(await objectsOf(userId)).toEqual([]);
  });

  it("that can't be read changes nothing", async () => {
    const { id: userId } = await makeUser();
    const { photoUrl } = await photo.storePhoto({ userId, bytes, crop });
    const broken = bytes.subarray(0, bytes.length / 2);
    await expect(photo.storePhoto({ userId, bytes: broken, crop })).rejects.toMatchObject({
      code: "photo_unreadable",
    });
    const [key] = await objectsOf(userId);
    expect(photoUrl).toContain(key?.split("/").at(-1));
  });

  it("of an account that is gone is not kept", async () => {
    const { id: userId } = await makeUser();
    await database
      .db()
      .user.update({ where: { id: userId }, data: { email: null, erasedAt: new Date() } });
    for (const gone of [userId, newId()]) {
      await expect(photo.storePhoto({ userId: gone, bytes, crop })).rejects.toMatchObject({
        code: "not_found",
      });
      expect(await objectsOf(gone)).toEqual([]);
    }
  });
});

/** As a browser sends it: with the length of the whole form. */
async function formRequest(fields: Record<string, string | Blob>): Promise<Request> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const encoded = new Response(form);
  const body = await encoded.arrayBuffer();
  return new Request("http://localhost/api/v1/me/photo", {
    method: "PUT",
    body,
    headers: {
      "content-type": encoded.headers.get("content-type") ?? "",
      "content-length": String(body.byteLength),
    },
  });
}

describe("the form of a picture", () => {
  const read = async (fields: Record<string, string | Blob>) =>
    forms.withPhotoForm(await formRequest(fields), async (form) => form);

  it("holds the file and the square", async () => {
    const form = await read({
      photo: new Blob([new Uint8Array(bytes)]),
      crop: JSON.stringify(crop),
    });
    expect(form.crop).toEqual(crop);
    expect(Buffer.from(form.bytes).equals(bytes)).toBe(true);
  });

  it.each([
    ["without a file", { crop: "{}" }, { code: "invalid_request" }],
    ["with text for a file", { photo: "x", crop: "{}" }, { code: "invalid_request" }],
    ["without a square", { photo: new Blob(["x"]) }, { code: "invalid_request" }],
    ["with half a square", { photo: new Blob(["x"]), crop: "{" }, { code: "invalid_request" }],
    ["with a square out of shape", { photo: new Blob(["x"]), crop: "{}" }, { name: "ZodError" }],
    [
      "with too large a file",
      { photo: new Blob([new Uint8Array(maxPhotoBytes + 1)]), crop: "{}" },
      { code: "payload_too_large" },
    ],
  ])("is refused %s", async (_, fields, error) => {
    await expect(read(fields as Record<string, string | Blob>)).rejects.toMatchObject(error);
  });

  it("is refused before it is read when it is too large or doesn't say how large it is", async () => {
    for (const length of ["999999999", undefined]) {
      const headers: Record<string, string> = {
        "content-type": "multipart/form-data; boundary=x",
        ...(length && { "content-length": length }),
      };
      const request = new Request("http://localhost/", { method: "PUT", body: "--x", headers });
      await expect(forms.withPhotoForm(request, async () => "read")).rejects.toMatchObject({
        code: "payload_too_large",
      });
      expect(request.bodyUsed).toBe(false);
    }
  });

  it("waits for nobody: a fifth at the same time is asked to come back", async () => {
    const fields = { photo: new Blob([new Uint8Array(bytes)]), crop: JSON.stringify(crop) };
    const requests = await Promise.all([1, 2, 3, 4, 5].map(() => formRequest(fields)));
    const ends: (() => void)[] = [];
    const work = () => new Promise<string>((resolve) => ends.push(() => resolve("done")));
    const [fifth, ...four] = requests.reverse();
    const running = four.map((request) => forms.withPhotoForm(request, work));
    await expect(
      forms.withPhotoForm(fifth as Request, async () => "too many"),
    ).rejects.toMatchObject({ code: "not_ready", retryAfterMs: 2_000 });
    while (ends.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const end of ends) end();
    expect(await Promise.all(running)).toEqual(Array(4).fill("done"));
  });
});
