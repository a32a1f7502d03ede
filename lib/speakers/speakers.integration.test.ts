import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { SpeakerTurn } from "@/lib/speech/diarization/types";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";

let app: TestApp;
let speakers: typeof import("./service");
let files: typeof import("@/lib/tracks/exporting");
let make: typeof import("@/lib/testing/tracks");
let transaction: typeof import("@/lib/transaction").transaction;

beforeAll(async () => {
  app = await startTestApp();
  [speakers, files, make, { transaction }] = await Promise.all([
    import("./service"),
    import("@/lib/tracks/exporting"),
    import("@/lib/testing/tracks"),
    import("@/lib/transaction"),
  ]);
});
afterAll(() => app.stop());

async function problemOf(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (AppError.is(error)) return error;
    throw error;
  }
  throw new Error("it went well");
}

/** Three people, ten seconds each. */
const turns: SpeakerTurn[] = ["1", "2", "3"].map((speaker, index) => ({
  startMs: index * 10_000,
  endMs: index * 10_000 + 10_000,
  speaker,
}));

async function videoWithSpeakers() {
  const { id: ownerId } = await makeUser();
  const { id: videoId } = await makeVideo({ ownerId });
  const jobId = newId();
  const keys = await transaction((tx) => speakers.keepSpeakers(tx, { videoId, jobId, turns }));
  const key = (speaker: string) => keys.get(speaker) ?? "";
  const change = (
    speaker: string,
    change: Parameters<typeof speakers.changeSpeaker>[0]["change"],
  ) => speakers.changeSpeaker({ userId: ownerId, videoId, key: key(speaker), change });
  return { ownerId, videoId, jobId, key, change };
}

describe("the speakers of a video", () => {
  it("are kept once for a job, in the order of their first words", async () => {
    const { ownerId, videoId, jobId, key } = await videoWithSpeakers();
    const again = await transaction((tx) => speakers.keepSpeakers(tx, { videoId, jobId, turns }));
    expect(again.get("2")).toBe(key("2"));
    expect(await speakers.listSpeakers({ userId: ownerId, videoId })).toEqual(
      ["1", "2", "3"].map((speaker, index) => ({
        key: key(speaker),
        number: index + 1,
        name: null,
        mergedInto: null,
      })),
    );
  });

  it("stay who they are when the subtitles are made anew", async () => {
    const { videoId, key, change } = await videoWithSpeakers();
    await change("2", { name: "박서준" });
    const newTurns = [
      { startMs: 200, endMs: 9_800, speaker: "1" },
      { startMs: 10_100, endMs: 19_900, speaker: "2" },
      { startMs: 40_000, endMs: 50_000, speaker: "3" },
    ];
    const known = turns.map((turn) => ({ ...turn, speaker: key(turn.speaker) }));
    const keys = await transaction((tx) =>
      speakers.keepSpeakers(tx, { videoId, jobId: newId(), turns: newTurns, known }),
    );
    expect([keys.get("1"), keys.get("2")]).toEqual([key("1"), key("2")]);
    expect(keys.get("3")).not.toBe(key("3"));
    const names = await speakers.speakerNames(videoId, "ko");
    expect(["1", "2", "3"].map((speaker) => names(keys.get(speaker) ?? ""))).toEqual([
      "화자 1",
      "박서준",
      "화자 3",
    ]);
  });

  it("are somebody else's business only when the video is", async () => {
    const { videoId, key } = await videoWithSpeakers();
    const stranger = { userId: (await makeUser()).id, videoId };
    expect((await problemOf(speakers.listSpeakers(stranger))).code).toBe("not_found");
    const change = { ...stranger, key: key("1"), change: { name: "me" } };
    expect((await problemOf(speakers.changeSpeaker(change))).code).toBe("not_found");
  });

  it("are named once for all, and refuse a name given over another that wasn't seen", async () => {
    const { videoId, change } = await videoWithSpeakers();
    await change("1", { name: "김하나", was: null });
    const refused = await problemOf(change("1", { name: "이둘", was: null }));
    expect(refused).toMatchObject({
      code: "edit_conflict",
      data: { yours: "이둘", theirs: "김하나" },
    });
    await change("1", { name: "이둘", was: "김하나" });
    await change("1", { name: "이둘", was: "somebody" });
    const list = await change("1", { name: null });
    expect(list[0]?.name).toBeNull();
    expect((await speakers.speakerNames(videoId, "en"))(list[0]?.key ?? "")).toBe("Speaker 1");
  });

  it("can be added by hand, with the next number", async () => {
    const { ownerId, videoId } = await videoWithSpeakers();
    const made = await speakers.addSpeaker({ userId: ownerId, videoId, name: null });
    expect(made).toMatchObject({ number: 4, name: null, mergedInto: null });
    const stranger = { userId: (await makeUser()).id, videoId, name: null };
    expect((await problemOf(speakers.addSpeaker(stranger))).code).toBe("not_found");
    expect(await speakers.listSpeakers({ userId: ownerId, videoId })).toHaveLength(4);
  });

  it("are made of the names that came with a text, once each", async () => {
    const { ownerId, videoId, key, change } = await videoWithSpeakers();
    await change("2", { name: "Elinor" });
    const names = ["Narrator", "Elinor", "Narrator", " ", "가".repeat(60)];
    const keep = () => transaction((tx) => speakers.keepSpeakerNames(tx, { videoId, names }));
    const keys = await keep();
    expect(keys.get("Elinor")).toBe(key("2"));
    expect(keys.size).toBe(3);
    expect(await keep()).toEqual(keys);
    const list = await speakers.listSpeakers({ userId: ownerId, videoId });
    expect(list.slice(3).map(({ number, name }) => [number, name])).toEqual([
      [4, "Narrator"],
      [5, "가".repeat(40)],
    ]);
  });

  it("merge, in chains too, and come apart again", async () => {
    const { videoId, key, change } = await videoWithSpeakers();
    await change("1", { name: "Kim" });
    await change("3", { mergeInto: key("2") });
    const merged = await change("2", { mergeInto: key("1") });
    expect(merged.map(({ mergedInto }) => mergedInto)).toEqual([null, key("1"), key("2")]);
    const names = await speakers.speakerNames(videoId, "en");
    expect([names(key("2")), names(key("3"))]).toEqual(["Kim", "Kim"]);
    await change("2", { mergeInto: null });
    const apart = await speakers.speakerNames(videoId, "en");
    expect([apart(key("2")), apart(key("3"))]).toEqual(["Speaker 2", "Speaker 2"]);
  });

  it("never merge in a circle, even when two merge at the same moment", async () => {
    const { change, key, ownerId, videoId } = await videoWithSpeakers();
    expect((await problemOf(change("1", { mergeInto: key("1") }))).code).toBe("validation_failed");
    expect((await problemOf(change("1", { mergeInto: "nobody" }))).code).toBe("not_found");
    const both = await Promise.allSettled([
      change("1", { mergeInto: key("2") }),
      change("2", { mergeInto: key("1") }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const list = await speakers.listSpeakers({ userId: ownerId, videoId });
    expect(list.filter(({ mergedInto }) => mergedInto !== null)).toHaveLength(1);
  });
});

describe("a file of subtitles", () => {
  it("names who speaks where the format has a place, and in SRT when asked to", async () => {
    const { ownerId, videoId, key, change } = await videoWithSpeakers();
    await change("1", { name: "김하나" });
    await change("3", { mergeInto: key("1") });
    const cues = ["1", "2", "3"].map((speaker, index) => ({
      ...make.makeCue(`cue-${index}`, index * 2_000, `말 ${index}`),
      speaker: key(speaker),
    }));
    const { trackId } = await make.makeTrack({ ownerId, videoId, cues });
    const file = async (format: "srt" | "vtt" | "ass", more: { speakers?: "0" | "1" } = {}) => {
      const query = { format, ...more };
      const exported = await files.exportTrack({ userId: ownerId, trackId, query, locale: "ko" });
      return new TextDecoder().decode(exported.bytes);
    };
    expect(await file("vtt")).toContain("<v 김하나>말 0");
    expect(await file("vtt")).toContain("<v 화자 2>말 1");
    expect(await file("vtt")).toContain("<v 김하나>말 2");
    expect(await file("vtt", { speakers: "0" })).not.toContain("<v");
    expect(await file("ass")).toContain(",김하나,0,0,0,,말 2");
    expect(await file("srt")).not.toContain("김하나");
    expect(await file("srt", { speakers: "1" })).toContain("김하나: 말 0");
  });
});
