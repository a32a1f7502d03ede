import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { makeCue, makeJob, makeTrack } from "@/lib/testing/tracks";
import { transaction } from "@/lib/transaction";
import { TrackDraft } from "./track-draft";

let app: TestApp;
let again: typeof import("./made-again");
let tracks: typeof import("./service");

beforeAll(async () => {
  app = await startTestApp();
  [again, tracks] = await Promise.all([import("./made-again"), import("./service")]);
}, 120_000);

afterEach(() => void vi.restoreAllMocks());
afterAll(() => app.stop());

/** Every ten seconds a text split into two cues of a second, 200 ms apart. */
const split = (count: number) =>
  Array.from({ length: count }, (_, i) => [
    makeCue(`a${i}`, i * 10_000, "one", { endMs: i * 10_000 + 1_000 }),
    makeCue(`b${i}`, i * 10_000 + 1_200, "two", { endMs: i * 10_000 + 2_200 }),
  ]).flat();

/** Makes each of the split texts one word again; answers the track's cues. */
async function makeOneOfEach(count: number, others: Cue[] = []): Promise<readonly Cue[]> {
  const { id: ownerId } = await makeUser();
  const { id: videoId } = await makeVideo({ ownerId, durationMs: 60_000 });
  const { trackId } = await makeTrack({ ownerId, videoId, cues: [...split(count), ...others] });
  const jobId = await makeJob({ ownerId, videoId });
  const texts = Array.from({ length: count }, (_, i) => ({
    ...{ cueIds: [`a${i}`, `b${i}`], texts: ["word"] },
    provenance: { origin: "translation" as const, jobId },
  }));
  const made = { trackId, actorId: ownerId, jobId, seen: 0, texts };
  expect(await transaction((tx) => again.storeAgain(tx, made))).toBe(count);
  return (await tracks.getTrack({ userId: ownerId, trackId })).cues;
}

describe("a split text that is one cue again", () => {
  it.each([
    ["has the time of both", [], 2_200],
    ["has it up to a cue that begins then", [makeCue("c", 2_200, "c")], 2_200],
    ["keeps its own where another cue begins in it", [makeCue("c", 2_199, "c")], 1_000],
    [
      "keeps its own where another shows all along",
      [makeCue("c", 0, "c", { endMs: 9_000 })],
      1_000,
    ],
    ["has it after a cue that ends with it", [makeCue("c", 0, "c", { endMs: 1_000 })], 2_200],
  ])("%s", async (_, others, endMs) => {
    const cues = await makeOneOfEach(1, others);
    expect(cues.find(({ id }) => id === "a0")).toMatchObject({ text: "word", endMs });
    expect(cues.some(({ id }) => id === "b0")).toBe(false);
  });

  it("has the track read no more often for many than for one", async () => {
    const read = vi.spyOn(TrackDraft.prototype, "content");
    await makeOneOfEach(1);
    const once = read.mock.calls.length;
    expect(once).toBeGreaterThan(0);
    await makeOneOfEach(5);
    expect(read.mock.calls.length).toBe(once * 2);
  });
});
