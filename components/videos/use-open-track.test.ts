import { describe, expect, it } from "vitest";
import type { JobView } from "@/lib/jobs/schema";
import type { VideoTrack } from "@/lib/videos/schema";
import { isBehind } from "./track-switch";
import { withFresh } from "./use-open-track";

const at = "2026-01-01T00:00:00.000Z";
const track = (id: string, change: Partial<VideoTrack> = {}): VideoTrack => ({
  id,
  language: id,
  sourceTrackId: null,
  updatedAt: at,
  ...change,
});

describe("withFresh", () => {
  it("adds what a running job has stored, translations as such", () => {
    const job = {
      tracks: [
        { id: "ko", language: "ko" },
        { id: "en", language: "en" },
      ],
      languages: [{ language: "en", trackId: "en" }],
      sourceTrackId: null,
      createdAt: at,
      endedAt: null,
    } as unknown as JobView;
    expect(withFresh([], job)).toEqual([track("ko"), track("en", { sourceTrackId: "ko" })]);
    expect(withFresh([track("ko")], job).map(({ id }) => id)).toEqual(["ko", "en"]);
    expect(withFresh([track("ko")], null)).toEqual([track("ko")]);
  });
});

describe("isBehind", () => {
  it("tells of an original that was edited later", () => {
    const source = track("ko", { updatedAt: "2026-01-02T00:00:00.000Z" });
    const translation = track("en", { sourceTrackId: "ko" });
    expect(isBehind(translation, [source, translation])).toBe(true);
    expect(isBehind(translation, [track("ko"), translation])).toBe(false);
    expect(isBehind(source, [source, translation])).toBe(false);
  });
});
