import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { newId } from "@/lib/ids";
import type { EditOperation, SubtitleOperation } from "@/lib/subtitles/operations";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { historyQuery } from "./sync-schema";

let app: TestApp;
let service: typeof import("./service");
let sending: typeof import("./sending");
let history: typeof import("./own-steps");
let make: typeof import("@/lib/testing/tracks");

beforeAll(async () => {
  app = await startTestApp();
  [service, sending, history, make] = await Promise.all([
    import("./service"),
    import("./sending"),
    import("./own-steps"),
    import("@/lib/testing/tracks"),
  ]);
});
afterAll(() => app.stop());

async function world() {
  const { id: ownerId } = await makeUser();
  const { id: videoId } = await makeVideo({ ownerId });
  const cues = [0, 1, 2].map((i) => make.makeCue(`cue-${i}`, i * 2000, `자막 ${i}`));
  const { trackId } = await make.makeTrack({ ownerId, videoId, cues });
  const { id: otherId } = await makeUser();
  await db().videoMember.create({ data: { videoId, userId: otherId, role: "editor" } });
  const read = () => service.getTrack({ userId: ownerId, trackId });
  const texts = async () => (await read()).cues.map(({ text }) => text);
  const send = async (
    actorId: string,
    groupId: string,
    operations: SubtitleOperation[],
    undoes?: string,
    carry?: boolean,
  ) => {
    const { revision } = await read();
    const edits = operations.map((operation) => ({
      ...{ clientOpId: newId(), groupId, ...(undoes && { undoes }), carry },
      operation: operation as EditOperation,
    }));
    const answer = await sending.sendEdits({
      ...{ actorId, trackId, input: { baseRevision: revision, edits } },
    });
    expect(answer.outcomes.every(({ status }) => status === "stored")).toBe(true);
  };
  const steps = (userId: string, query: object = {}) =>
    history.ownSteps({ userId, trackId, query: historyQuery.parse(query) });
  /** What an editor does that knows nothing but the history. */
  const back = async (userId: string, which: "undo" | "redo") => {
    const [step] = (await steps(userId))[which];
    const inverses = step?.edits.map(({ inverse }) => inverse).reverse() ?? [];
    await send(userId, `group-${newId()}`, inverses, step?.groupId, step?.carry);
  };
  const write = (actorId: string, cueId: string, ...texts: string[]) =>
    send(
      actorId,
      `group-${newId()}`,
      texts.map((text) => ({ kind: "setText", cueId, text })),
    );
  return { ownerId, otherId, videoId, trackId, cues, texts, send, steps, back, write };
}

describe("one's own steps", () => {
  it("aren't told to a page that another account has opened", async () => {
    const { ownerId, otherId, write, steps } = await world();
    await write(ownerId, "cue-0", "하나");
    await expect(steps(ownerId, { actorId: otherId })).rejects.toMatchObject({
      code: "other_account",
    });
    expect((await steps(ownerId, { actorId: ownerId })).undo).toHaveLength(1);
  });

  it("are taken back and made again over sessions, beside somebody else's", async () => {
    const { ownerId, otherId, texts, back, write, steps } = await world();
    await write(ownerId, "cue-0", "하", "하나");
    await write(otherId, "cue-1", "둘");
    await write(ownerId, "cue-2", "셋");
    await back(ownerId, "undo");
    expect(await texts()).toEqual(["하나", "둘", "자막 2"]);
    await back(ownerId, "undo");
    expect(await texts()).toEqual(["자막 0", "둘", "자막 2"]);
    expect((await steps(ownerId)).undo).toEqual([]);
    await write(otherId, "cue-1", "둘!");
    await back(ownerId, "redo");
    await back(ownerId, "redo");
    expect(await texts()).toEqual(["하나", "둘!", "셋"]);
    await back(otherId, "undo");
    await back(ownerId, "undo");
    expect(await texts()).toEqual(["하나", "둘", "자막 2"]);
    await write(ownerId, "cue-2", "끝");
    expect(await steps(ownerId)).toMatchObject({
      undo: [{ edits: [{}] }, { edits: [{}, {}] }],
      redo: [],
      more: false,
    });
  });

  it("come page by page, with what they did and when", async () => {
    const { ownerId, write, steps } = await world();
    for (const at of [0, 1, 2, 3, 4]) await write(ownerId, "cue-0", `판 ${at}`);
    const first = await steps(ownerId, { limit: "2" });
    expect(first.undo.map(({ edits }) => edits[0]?.revision)).toEqual([5, 4]);
    expect(first.more).toBe(true);
    expect(first.undo[0]?.edits[0]).toMatchObject({
      operation: { kind: "setText", text: "판 4" },
      inverse: { kind: "setText", text: "판 3" },
    });
    expect(Date.parse(first.undo[0]?.at ?? "")).toBeGreaterThan(Date.now() - 60_000);
    const last = await steps(ownerId, { limit: "2", before: "2" });
    expect(last.undo.map(({ edits }) => edits[0]?.revision)).toEqual([1]);
    expect(last.more).toBe(false);
  });

  it("end where a job or a restored version replaced the track", async () => {
    const { ownerId, videoId, cues, write, steps } = await world();
    await write(ownerId, "cue-0", "하나");
    await make.makeTrack({ ownerId, videoId, cues });
    expect(await steps(ownerId)).toEqual({ undo: [], redo: [], more: false });
    await write(ownerId, "cue-0", "둘");
    expect((await steps(ownerId)).undo).toHaveLength(1);
  });

  it("include those from before there were groups, and are nobody else's business", async () => {
    const { ownerId, otherId, trackId, write, steps } = await world();
    await write(ownerId, "cue-0", "하나", "둘");
    await db().trackOperation.updateMany({ where: { trackId }, data: { groupId: null } });
    expect((await steps(ownerId)).undo).toHaveLength(2);
    expect((await steps(otherId)).undo).toEqual([]);
    await expect(steps(newId())).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a step that translations have followed", () => {
  it("takes them along when it is taken back on a later visit, and made again", async () => {
    const { ownerId, videoId, trackId, cues, send, steps, back, write } = await world();
    const made = { ownerId, videoId, cues, language: "en", sourceTrackId: trackId };
    const { trackId: translationId } = await make.makeTrack(made);
    const there = { userId: ownerId, trackId: translationId };
    const starts = async () => (await service.getTrack(there)).cues.map(({ startMs }) => startMs);
    const move = (cueId: string, startMs: number): SubtitleOperation => ({
      ...{ kind: "setTimes", cueId, startMs, endMs: startMs + 1_000 },
    });
    await send(ownerId, "group-alone", [move("cue-0", 100)]);
    await send(ownerId, "group-carried", [move("cue-1", 2_100), move("cue-2", 4_100)], "", true);
    await write(ownerId, "cue-0", "하나");
    expect((await steps(ownerId)).undo.map(({ carry }) => carry)).toEqual([false, true, false]);
    expect(await starts()).toEqual([0, 2_100, 4_100]);
    await back(ownerId, "undo");
    await back(ownerId, "undo");
    expect(await starts()).toEqual([0, 2_000, 4_000]);
    expect((await service.getTrack({ ...there, trackId })).cues[0]?.startMs).toBe(100);
    await back(ownerId, "redo");
    expect(await starts()).toEqual([0, 2_100, 4_100]);
    await back(ownerId, "undo");
    await back(ownerId, "undo");
    expect(await starts()).toEqual([0, 2_000, 4_000]);
  });
});
