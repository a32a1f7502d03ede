import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CueEdit, EditOperation } from "@/lib/subtitles/operations";
import { editOperation } from "@/lib/tracks/operation-schema";
import type { HistoryStep } from "@/lib/tracks/sync-schema";
import { cue, openTab, TestServer } from "./test-server";

const set = (cueId: string, text: string): CueEdit => ({ kind: "setText", cueId, text });
const times = (cueId: string, startMs: number): CueEdit => ({
  ...{ kind: "setTimes", cueId, startMs, endMs: startMs + 900 },
});

let server: TestServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new TestServer([cue("a", 0, "one"), cue("b", 2_000, "two"), cue("c", 4_000, "three")]);
});
afterEach(() => vi.useRealTimers());

const pass = (ms = 900) => vi.advanceTimersByTimeAsync(ms);

describe("EditHistory", () => {
  it("takes steps back and makes them again, as new edits that say so", async () => {
    const tab = openTab({ server });
    tab.edit(set("a", "1"));
    tab.edit({ kind: "removeCue", cueId: "b" });
    expect(tab.history.canUndo).toBe(true);
    expect(await tab.undo()).toMatchObject({ ok: true, cueIds: ["b"] });
    expect(await tab.undo()).toMatchObject({ ok: true });
    expect(await tab.undo()).toEqual({ ok: false, reason: "nothing" });
    expect(tab.texts()).toEqual(["one", "two", "three"]);
    expect(await tab.redo()).toMatchObject({ ok: true });
    await pass();
    expect(server.texts()).toEqual(["1", "two", "three"]);
    const edits = server.requests.flatMap((request) => request.edits);
    expect(edits[3]).toMatchObject({ undoes: edits[0]?.groupId });
    expect(edits[4]).toMatchObject({ undoes: edits[3]?.groupId, operation: set("a", "1") });
    expect(tab.history.canRedo).toBe(true);
    tab.edit(set("c", "3"));
    expect(tab.history.canRedo).toBe(false);
  });

  it("takes what was written in one go back in one step, also what is sent already", async () => {
    const tab = openTab({ server });
    for (const text of ["o", "on", "onl", "only"]) {
      tab.edit(set("a", text), { group: "a" });
      await pass(text === "on" ? 2_000 : 10);
    }
    tab.edit(set("b", "2"), { group: "b" });
    tab.edit(set("a", "again"), { group: "a" });
    await tab.undo();
    await tab.undo();
    expect(tab.texts()).toEqual(["only", "two", "three"]);
    await tab.undo();
    expect(tab.texts()[0]).toBe("one");
    await tab.redo();
    await pass();
    expect(server.texts()[0]).toBe("only");
  });

  it("takes a group back with each cue's last word alone, however often all were changed", async () => {
    const tab = openTab({ server });
    const all = (round: string): EditOperation => ({
      kind: "batch",
      operations: ["a", "b", "c"].map((cueId) => ({ kind: "setText", cueId, text: round })),
    });
    for (const round of ["1", "2", "3"]) tab.edit(all(round), { group: "g" });
    await tab.undo();
    expect(tab.texts()).toEqual(["one", "two", "three"]);
    await pass();
    const undone = server.requests.flatMap(({ edits }) => edits).at(-1);
    expect(undone?.operation).toMatchObject({ kind: "batch" });
    expect(undone?.operation.kind === "batch" && undone.operation.operations).toHaveLength(3);
    expect(server.texts()).toEqual(["one", "two", "three"]);
  });

  it("works without a connection and arrives afterwards", async () => {
    const tab = openTab({ server });
    server.faults = ["offline", "offline"];
    tab.edit(set("a", "1"));
    await pass();
    await tab.undo();
    await tab.redo();
    expect(tab.texts()[0]).toBe("1");
    await pass(20_000);
    expect(server.texts()[0]).toBe("1");
    expect(server.log).toHaveLength(3);
  });

  it("never takes back what somebody else has written since, unless it is passed over", async () => {
    const tab = openTab({ server });
    tab.edit(set("a", "1"));
    tab.edit(set("b", "2"));
    await pass();
    server.other(set("b", "theirs"));
    server.other({ kind: "setSpeaker", cueId: "a", speaker: "x" });
    tab.queue.takeLog(server.log);
    const refused = { ok: false, reason: "changed", cueId: "b", byId: "other" };
    expect(await tab.undo()).toEqual(refused);
    expect(await tab.undo()).toEqual(refused);
    tab.history.passOver();
    expect(await tab.undo()).toMatchObject({ ok: true });
    await pass();
    expect(server.content.cues[0]).toMatchObject({ text: "one", speaker: "x" });
    expect(server.texts()[1]).toBe("theirs");
  });

  it("doesn't take away a cue that somebody else has worked on", async () => {
    const tab = openTab({ server });
    tab.edit({ kind: "insertCue", cue: cue("d", 6_000, "four") });
    await pass();
    server.other(set("d", "theirs"));
    tab.queue.takeLog(server.log);
    expect(await tab.undo()).toMatchObject({ ok: false, reason: "changed", cueId: "d" });
    tab.edit({ kind: "setTrackStyle", style: null });
    expect(tab.document.cue("d")?.text).toBe("theirs");
  });

  it("goes on with the steps of earlier visits", async () => {
    const step = (groupId: string, revision: number, cueId: string, now: string, was: string) => ({
      groupId,
      edits: [{ revision, operation: set(cueId, now), inverse: set(cueId, was) }],
      carry: cueId === "a",
      at: "2026-11-27T00:00:00.000Z",
    });
    server.history = {
      undo: [step("group-two", 2, "b", "two", "2"), step("group-one", 1, "a", "one", "1")],
      redo: [step("undo-of-three", 3, "c", "three", "drei")],
      more: false,
    };
    const tab = openTab({ server });
    await tab.history.prepare();
    expect(tab.history).toMatchObject({ canUndo: true, canRedo: true });
    expect(await tab.redo()).toMatchObject({ ok: true, operation: set("c", "drei") });
    await tab.undo();
    await tab.undo();
    await tab.undo();
    expect(tab.texts()).toEqual(["1", "2", "three"]);
    expect(tab.history.canUndo).toBe(false);
    await pass();
    expect(server.requests.flatMap(({ edits }) => edits.map(({ undoes }) => undoes))).toEqual([
      "undo-of-three",
      expect.any(String),
      "group-two",
      "group-one",
    ]);
    // Translations follow back where they had followed.
    expect(server.requests.flatMap(({ edits }) => edits.map(({ carry }) => carry))).toEqual([
      undefined,
      undefined,
      undefined,
      true,
    ]);
  });

  it("works out once what takes back a step of one edit", async () => {
    const tab = openTab({ server });
    tab.edit(set("a", "1"));
    await pass();
    const plan = vi.spyOn(tab.document, "plan");
    expect(await tab.undo()).toMatchObject({ ok: true });
    expect(plan).toHaveBeenCalledTimes(1);
    expect(await tab.redo()).toMatchObject({ ok: true });
    expect(tab.texts()[0]).toBe("1");
  });

  it("takes back in several edits what is too much for one, and makes it again", async () => {
    const count = 30_000;
    const cues = Array.from({ length: count }, (_, i) => cue(`c${i}`, i * 1_000, "그 뒤"));
    server = new TestServer(cues);
    const both = (text: string, ms: number) => [
      { kind: "batch" as const, operations: cues.map(({ id }) => set(id, text)) },
      {
        kind: "batch" as const,
        operations: cues.map(({ id, startMs }) => times(id, startMs + ms)),
      },
    ];
    const [texts, moved] = both("그 전", 100);
    const [now, there] = both("그 뒤", 0);
    const edits = [
      { revision: 1, operation: now, inverse: texts },
      { revision: 2, operation: there, inverse: moved },
    ] as HistoryStep["edits"];
    const at = "2026-11-27T00:00:00.000Z";
    const step = { groupId: "group-large", edits, carry: false, at };
    server.history = { undo: [step], redo: [], more: false };
    const tab = openTab({ server });
    await tab.history.prepare();
    expect(await tab.undo()).toMatchObject({ ok: true });
    await pass();
    const sent = () => server.requests.flatMap((request) => request.edits);
    expect(sent()).toHaveLength(2);
    expect(sent().every((each) => editOperation.safeParse(each.operation).success)).toBe(true);
    expect(new Set(sent().map(({ groupId }) => groupId)).size).toBe(1);
    expect(sent().map(({ undoes }) => undoes)).toEqual(["group-large", "group-large"]);
    const stands = (text: string, ms: number) =>
      expect(server.content.cues[count - 1]).toMatchObject({
        ...{ text, startMs: (count - 1) * 1_000 + ms },
      });
    stands("그 전", 100);
    expect(tab.history).toMatchObject({ canUndo: false, canRedo: true });
    expect(await tab.redo()).toMatchObject({ ok: true });
    await pass();
    stands("그 뒤", 0);
    expect(tab.queue.getState()).toMatchObject({ unsent: 0, conflicts: [] });
  });

  it("forgets a step that was given up, and takes back what was made again", async () => {
    for (const keep of ["theirs", "mine"] as const) {
      const tab = openTab({ server });
      server.other(set("a", `theirs ${keep}`));
      tab.edit(set("a", "mine"));
      await pass();
      tab.queue.resolve(tab.queue.getState().conflicts[0]?.id ?? "", keep);
      await pass();
      const undone = await tab.undo();
      if (keep === "theirs") expect(undone).toEqual({ ok: false, reason: "nothing" });
      await pass();
      expect(server.texts()[0]).toBe(`theirs ${keep}`);
    }
  });

  it("begins anew when the whole track was replaced", async () => {
    const tab = openTab({ server });
    tab.edit(set("a", "1"));
    await pass();
    server.replace([cue("n", 0, "new")]);
    tab.queue.takeLog(server.log);
    expect(await tab.undo()).toEqual({ ok: false, reason: "nothing" });
    expect(tab.texts()).toEqual(["new"]);
  });
});
