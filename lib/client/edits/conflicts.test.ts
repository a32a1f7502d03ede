import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EditOperation } from "@/lib/subtitles/operations";
import { cue, openTab, TestOutbox, TestServer, TestTabs } from "./test-server";

const set = (cueId: string, text: string): EditOperation => ({ kind: "setText", cueId, text });
const times = (cueId: string, startMs: number) => ({
  ...{ kind: "setTimes" as const, cueId, startMs },
  endMs: startMs + 500,
});

let server: TestServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new TestServer([cue("a", 0, "one"), cue("b", 2_000, "two"), cue("c", 4_000, "three")]);
});
afterEach(() => vi.useRealTimers());

const pass = (ms = 800) => vi.advanceTimersByTimeAsync(ms);

describe("conflicts", () => {
  it.each([
    ["mine", "mine"],
    ["theirs", "theirs"],
  ] as const)(
    "shows both values, holds only what is in question, and ends with %s",
    async (keep, text) => {
      const outbox = new TestOutbox();
      const tab = openTab({ server, outbox });
      server.other(set("a", "theirs"));
      tab.edit(set("a", "mine"));
      tab.edit(set("b", "둘"));
      await pass();
      const [conflict] = tab.queue.getState().conflicts;
      expect(conflict).toMatchObject({
        ...{ kind: "changed", cueId: "a", property: "text", yours: "mine", theirs: "theirs" },
        by: { id: "other" },
      });
      expect(tab.texts()).toEqual(["mine", "둘", "three"]);
      expect(server.texts()).toEqual(["theirs", "둘", "three"]);
      expect([...outbox.rows.values()].map(({ operation }) => operation)).toEqual([
        set("a", "mine"),
      ]);

      tab.queue.resolve(conflict?.id ?? "", keep);
      await pass();
      expect(server.texts()[0]).toBe(text);
      expect(tab.texts()[0]).toBe(text);
      expect(tab.queue.getState()).toMatchObject({ conflicts: [], unsent: 0 });
      expect(outbox.rows.size).toBe(0);
    },
  );

  it("asks the same when the log comes before the answer, and after a crash", async () => {
    const outbox = new TestOutbox();
    const tabs = new TestTabs();
    const tab = openTab({ server, outbox, tabs: tabs.open("one") });
    server.faults = ["offline"];
    tab.edit(set("a", "mine"));
    await pass();
    server.other(set("a", "theirs"));
    tab.queue.takeLog(server.log);
    expect(tab.texts()[0]).toBe("mine");
    await pass(2_000);
    expect(tab.queue.getState().conflicts).toMatchObject([{ yours: "mine", theirs: "theirs" }]);
    tabs.alive.clear();
    const next = openTab({ server, outbox, tabs: tabs.open("two") });
    await next.queue.load();
    await pass();
    expect(next.queue.getState().conflicts).toMatchObject([{ yours: "mine", theirs: "theirs" }]);
    expect(server.texts()[0]).toBe("theirs");
  });

  it("notices what changed under a text that is being written", async () => {
    const tab = openTab({ server });
    tab.document.setTyped("a", "one");
    tab.document.setTyped("a", "one more");
    server.other(set("a", "theirs"));
    server.other(set("b", "둘"));
    tab.queue.takeLog(server.log);
    expect(tab.document.cue("a")?.text).toBe("one more");
    tab.edit(set("a", "one more"));
    tab.document.setTyped("a", undefined);
    await pass();
    expect(tab.queue.getState().conflicts).toMatchObject([{ yours: "one more", theirs: "theirs" }]);
  });

  it("lets an edit of the person's own come between without a question", async () => {
    const tab = openTab({ server });
    tab.document.setTyped("a", "one m");
    tab.edit(set("a", "one m"), { group: "w" });
    await pass();
    tab.document.setTyped("a", "one more");
    server.other(set("b", "둘"));
    tab.queue.takeLog(server.log);
    tab.edit(set("a", "one more"), { group: "w" });
    await pass();
    expect(tab.queue.getState()).toMatchObject({ conflicts: [], unsent: 0 });
    expect(server.texts()).toEqual(["one more", "둘", "three"]);
  });

  it.each(["mine", "theirs"] as const)("has a cue that is gone back, or not: %s", async (keep) => {
    const tab = openTab({ server });
    server.other({ kind: "removeCue", cueId: "b" });
    tab.edit(set("b", "mine"));
    tab.edit(times("b", 2_500));
    await pass();
    const { conflicts } = tab.queue.getState();
    expect(conflicts).toMatchObject([{ kind: "gone", cueId: "b", yours: "mine", theirs: null }]);
    tab.queue.resolve(conflicts[0]?.id ?? "", keep);
    await pass();
    expect(tab.queue.getState()).toMatchObject({ conflicts: [], unsent: 0 });
    expect(tab.document.cues()).toEqual(server.content.cues);
    const back = server.content.cues.find(({ id }) => id === "b");
    if (keep === "theirs") expect(back).toBeUndefined();
    else expect(back).toMatchObject({ text: "mine", startMs: 2_500 });
  });

  it("asks about the one cue of a bulk edit and does the others", async () => {
    const tab = openTab({ server });
    server.other(times("b", 2_222));
    const shift = ["a", "b", "c"].map((id, i) => times(id, i * 2_000 + 100));
    tab.edit({ kind: "batch", operations: shift });
    await pass();
    expect(server.content.cues.map(({ startMs }) => startMs)).toEqual([100, 2_222, 4_100]);
    const [conflict, ...more] = tab.queue.getState().conflicts;
    expect(more).toEqual([]);
    expect(conflict).toMatchObject({ cueId: "b", property: "times", theirs: { startMs: 2_222 } });
    tab.queue.resolve(conflict?.id ?? "", "mine");
    await pass();
    expect(server.content.cues.map(({ startMs }) => startMs)).toEqual([100, 2_100, 4_100]);
    expect(await tab.undo()).toMatchObject({ ok: true });
    await pass();
    expect(server.content.cues.map(({ startMs }) => startMs)).toEqual([0, 2_222, 4_000]);
  });

  it("has what builds on an edit in question wait with it", async () => {
    const tab = openTab({ server });
    server.other(set("a", "theirs"));
    tab.edit({
      kind: "replaceCues",
      remove: ["a"],
      insert: [cue("a", 0, "on"), cue("a2", 500, "e")],
    });
    tab.edit(set("a2", "second half"));
    await pass();
    const [conflict] = tab.queue.getState().conflicts;
    expect(conflict).toMatchObject({ kind: "changed", cueId: "a", property: "existence" });
    expect(tab.queue.getState()).toMatchObject({ unsent: 2 });
    tab.queue.resolve(conflict?.id ?? "", "mine");
    await pass();
    expect(server.texts()).toEqual(["on", "second half", "two", "three"]);
    expect(tab.document.cues()).toEqual(server.content.cues);
  });

  it("asks nothing when both did the same, or come to it", async () => {
    const tab = openTab({ server });
    server.other(set("a", "same"));
    server.other({ kind: "removeCue", cueId: "b" });
    server.other(set("c", "theirs"));
    tab.edit(set("a", "same"));
    tab.edit({ kind: "removeCue", cueId: "b" });
    tab.edit(set("c", "mine"));
    await pass();
    expect(tab.queue.getState().conflicts).toMatchObject([{ cueId: "c" }]);
    server.other(set("c", "mine"));
    tab.queue.takeLog(server.log);
    expect(tab.queue.getState()).toMatchObject({ conflicts: [], unsent: 0 });
    expect(tab.document.cues()).toEqual(server.content.cues);
  });

  it("asks about the look of the track like about anything else", async () => {
    const tab = openTab({ server });
    const bold = { kind: "setStyle" as const, cueId: "a", style: { bold: true } };
    server.other({ ...bold, style: { italic: true } });
    tab.edit(bold);
    await pass();
    expect(tab.queue.getState().conflicts).toMatchObject([
      { property: "style", yours: { bold: true }, theirs: { italic: true } },
    ]);
  });
});
