import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";

let app: TestApp;
let viewing: typeof import("./viewing");
let speakers: typeof import("@/lib/speakers/service");
let reports: typeof import("@/lib/tracks/reports");
let files: typeof import("@/lib/tracks/report-file");
let make: typeof import("@/lib/testing/tracks");

beforeAll(async () => {
  app = await startTestApp();
  [viewing, speakers, reports, files, make] = await Promise.all([
    import("./viewing"),
    import("@/lib/speakers/service"),
    import("@/lib/tracks/reports"),
    import("@/lib/tracks/report-file"),
    import("@/lib/testing/tracks"),
  ]);
});
afterAll(() => app.stop());

async function world() {
  const { id: ownerId } = await makeUser();
  const { id: videoId } = await makeVideo({ ownerId });
  await db().video.update({
    where: { id: videoId },
    data: {
      playable: true,
      thumbnailKey: "somewhere.webp",
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  const cues = [make.makeCue("cue-0", 0, "안녕하세요.")];
  const { trackId } = await make.makeTrack({ ownerId, videoId, cues });
  const member = async (role: "viewer" | "editor") => {
    const { id: userId } = await makeUser();
    await db().videoMember.create({ data: { videoId, userId, role } });
    return userId;
  };
  return { ownerId, videoId, trackId, member };
}

describe("a shared video", () => {
  it("shows members what they work with, and the owner's orders to the owner", async () => {
    const { ownerId, videoId, trackId, member } = await world();
    const owners = await viewing.viewVideo({ userId: ownerId, videoId });
    expect(owners).toMatchObject({ role: "owner", job: { status: "completed" } });
    expect(owners.downloadUrl).not.toBeNull();
    const seen = await viewing.viewVideo({ userId: await member("editor"), videoId });
    expect(seen).toMatchObject({
      ...{ role: "editor", job: null, upload: null, downloadUrl: null, expiresAt: null },
      ...{ playUrl: owners.playUrl, thumbnailUrl: owners.thumbnailUrl },
      tracks: [{ id: trackId }],
    });
  });

  it("plays for viewers; the original and what isn't shared stay closed", async () => {
    const { videoId, member } = await world();
    const viewer = await member("viewer");
    const serve = (userId: string, file: "media" | "original") => {
      const request = new Request("http://localhost/");
      return viewing.serveViewedFile({ request, userId, videoId, file });
    };
    const played = await serve(viewer, "media");
    expect(played.status).toBe(200);
    expect(played.headers.get("content-type")).toMatch(/^video\//);
    expect(played.headers.get("content-disposition")).toMatch(/^inline/);
    expect(played.headers.get("x-content-type-options")).toBe("nosniff");
    expect(played.headers.get("content-security-policy")).toBe("sandbox");
    await played.body?.cancel();
    // What ffprobe hasn't taken for a video that browsers play isn't served as one.
    await db().video.update({
      where: { id: videoId },
      data: { playable: false, previewKey: null },
    });
    await expect(serve(viewer, "media")).rejects.toMatchObject({ code: "not_found" });
    await expect(serve(viewer, "original")).rejects.toMatchObject({ code: "forbidden" });
    await expect(serve(newId(), "media")).rejects.toMatchObject({ code: "not_found" });
    await expect(viewing.viewVideo({ userId: newId(), videoId })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("lets viewers read reports and speakers, and editors name them", async () => {
    const { videoId, trackId, member } = await world();
    const [viewer, editor] = [await member("viewer"), await member("editor")];
    expect((await reports.readReport({ userId: viewer, trackId })).report.cues).toBe(1);
    const csv = { trackId, locale: "ko" as const };
    expect((await files.reportAsCsv({ ...csv, userId: viewer })).text).not.toBe("");
    await expect(files.reportAsCsv({ ...csv, userId: newId() })).rejects.toMatchObject({
      code: "not_found",
    });
    const add = (userId: string) => speakers.addSpeaker({ userId, videoId, name: "민지" });
    await expect(add(viewer)).rejects.toMatchObject({ code: "forbidden" });
    const { key } = await add(editor);
    expect(await speakers.listSpeakers({ userId: viewer, videoId })).toMatchObject([{ key }]);
    const change = { name: "민지 님" };
    await expect(
      speakers.changeSpeaker({ userId: viewer, videoId, key, change }),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect(await speakers.changeSpeaker({ userId: editor, videoId, key, change })).toMatchObject([
      { name: "민지 님" },
    ]);
  });
});
