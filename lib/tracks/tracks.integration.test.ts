import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";

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
