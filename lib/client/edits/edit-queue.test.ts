import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EditOperation } from "@/lib/subtitles/operations";
import { ApiError } from "../api";
import { mustRest } from "./queue-state";
import { cue, openTab, TestOutbox, TestServer, TestTabs } from "./test-server";

const set = (cueId: string, text: string): EditOperation => ({ kind: "setText", cueId, text });
const times = (cueId: string, startMs: number): EditOperation => ({
  kind: "setTimes",
  cueId,
  startMs,
  endMs: startMs + 500,
});

let server: TestServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new TestServer([cue("a", 0, "one"), cue("b", 2_000, "two"), cue("c", 4_000, "three")]);
});
afterEach(() => vi.useRealTimers());

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe("EditQueue", () => {
  it("shows an edit at once, keeps it, sends it, and forgets it when the server has it", async () => {
    const outbox = new TestOutbox();
    const tab = openTab({ server, outbox });
    expect(tab.edit(set("a", "하나"))).toBe(true);
    expect(tab.texts()[0]).toBe("하나");
    expect(tab.queue.getState()).toMatchObject({ unsent: 1 });
    await pass(100);
    expect(outbox.rows.size).toBe(1);
    expect(server.requests).toEqual([]);
    await pass(800);
    expect(server.texts()).toEqual(["하나", "two", "three"]);
    expect(tab.queue.getState()).toMatchObject({ status: "idle", unsent: 0 });
    expect(outbox.rows.size).toBe(0);
  });

  it("sends what one writes as one edit, at the latest after two seconds, and at once when told", async () => {
    const tab = openTab({ server });
    for (let i = 1; i <= 9; i++) {
      tab.edit(set("a", `${i}`), { group: "writing a" });
      await pass(300);
    }
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.edits).toHaveLength(1);
    tab.queue.flush();
    await pass();
    expect(server.texts()[0]).toBe("9");
    expect(server.log).toHaveLength(2);
  });

  it("sends edits of all kinds together, in the order of making", async () => {
    const tab = openTab({ server });
    tab.edit(set("a", "하나"), { group: "w" });
    tab.edit(times("a", 100));
    tab.edit({ kind: "insertCue", cue: cue("d", 6_000, "four") });
    tab.edit(set("d", "넷"));
    tab.edit({ kind: "removeCue", cueId: "b" });
    tab.edit({
      kind: "replaceCues",
      remove: ["c"],
      insert: [cue("c", 4_000, "t"), cue("e", 5_000)],
    });
    expect(tab.document.ids).toEqual(["a", "c", "e", "d"]);
    await pass();
    expect(server.requests).toHaveLength(1);
    expect(tab.document.cues()).toEqual(server.content.cues);
    expect(tab.document.revision).toBe(6);
  });

  it("refuses what can't be done and sends nothing that changes nothing", async () => {
    const tab = openTab({ server });
    expect(tab.edit(set("z", "?"))).toBe(false);
    expect(tab.edit({ kind: "insertCue", cue: cue("a", 0) })).toBe(false);
    expect(tab.edit(set("a", "one"))).toBe(true);
    tab.role = "viewer";
    expect(tab.edit(set("a", "x"))).toBe(false);
    await pass(5_000);
    expect(server.requests).toEqual([]);
  });

  it("stores once what was stored already, and tries again by itself", async () => {
    const tab = openTab({ server });
    server.faults = ["lost", "offline", "broken"];
    tab.edit(times("a", 100));
    tab.edit(times("a", 200));
    await pass();
    expect(tab.queue.getState()).toMatchObject({ status: "waiting", unsent: 2 });
    await pass(1_500 + 3_000 + 6_000);
    expect(tab.queue.getState()).toMatchObject({ status: "idle", unsent: 0, error: null });
    expect(server.requests).toHaveLength(4);
    expect(server.log).toHaveLength(2);
    expect(tab.document.cues()).toEqual(server.content.cues);
  });

  it("waits as long as the server asks, or less when told that the network is back", async () => {
    const tab = openTab({ server });
    server.faults = [new ApiError("rate_limited", { retryAfterMs: 20_000 })];
    tab.edit(times("a", 100));
    await pass(10_000);
    const state = tab.queue.getState();
    expect(state.status).toBe("waiting");
    expect(mustRest(state, Date.now())).toBe(true);
    expect(mustRest(state, state.retryAtMs ?? 0)).toBe(false);
    expect(mustRest({ ...state, error: new ApiError("network") }, Date.now())).toBe(false);
    expect(server.log).toEqual([]);
    tab.queue.retry();
    await pass();
    expect(server.log).toHaveLength(1);
  });

  it("takes in what others did beside, from the log and from answers", async () => {
    const tab = openTab({ server });
    server.other(set("b", "둘"));
    tab.queue.takeLog(server.log);
    expect(tab.texts()).toEqual(["one", "둘", "three"]);
    server.other(times("c", 8_000));
    server.other({ kind: "removeCue", cueId: "b" });
    tab.edit(set("c", "셋"));
    await pass(800);
    tab.queue.takeLog(server.log);
    expect(tab.document.cues()).toEqual(server.content.cues);
    expect(server.content.cues.map(({ id, text }) => [id, text])).toEqual([
      ["a", "one"],
      ["c", "셋"],
    ]);
  });

  it("keeps everything when the person is no longer logged in, and goes on afterwards", async () => {
    const tab = openTab({ server });
    server.faults = ["signed_out"];
    tab.edit(times("a", 100));
    await pass();
    expect(tab.queue.getState()).toMatchObject({ status: "signed_out", unsent: 1 });
    tab.edit(times("b", 2_100));
    await pass(60_000);
    expect(server.requests).toHaveLength(1);
    tab.queue.retry();
    await pass();
    expect(server.log).toHaveLength(2);
  });

  it("gives out what can't be saved any more", async () => {
    const tab = openTab({ server });
    server.faults = [new ApiError("forbidden", { status: 403 })];
    tab.edit(set("a", "늦었어요"));
    await pass(800);
    expect(tab.queue.getState().status).toBe("read_only");
    expect(tab.queue.unsentEdits()).toMatchObject([{ operation: set("a", "늦었어요") }]);
  });

  it("finds the one that is refused, asks about it, and sends the others", async () => {
    const tab = openTab({ server });
    const bad = new ApiError("validation_failed", { status: 422 });
    server.faults = [bad, "none", bad, "none"];
    for (const id of ["a", "b", "c"]) tab.edit(times(id, 9_000));
    await pass(50);
    const { conflicts, unsent } = tab.queue.getState();
    expect(conflicts).toMatchObject([{ kind: "refused", cueId: "b", code: "validation_failed" }]);
    expect(unsent).toBe(1);
    expect(server.log).toHaveLength(2);
    tab.queue.resolve(conflicts[0]?.id ?? "", "theirs");
    expect(tab.document.cue("b")?.startMs).toBe(2_000);
    expect(tab.queue.getState()).toMatchObject({ conflicts: [], unsent: 0 });
  });

  it("reads a replaced track anew and keeps on top what still fits", async () => {
    const tab = openTab({ server });
    server.faults = ["offline"];
    tab.edit(set("a", "하나"));
    tab.edit(set("b", "둘"));
    await pass(800);
    server.replace([cue("a", 0, "one"), cue("n", 500, "new")]);
    tab.queue.takeLog(server.log);
    expect(tab.texts()).toEqual(["하나", "new"]);
    tab.queue.retry();
    await pass(100);
    expect(server.texts()).toEqual(["하나", "new"]);
    expect(tab.queue.getState().conflicts).toMatchObject([
      { kind: "gone", cueId: "b", yours: "둘" },
    ]);
  });

  it("leaves to a reading nothing that it knows better", async () => {
    const tab = openTab({ server });
    const before = server.view();
    tab.edit(times("a", 100));
    await pass();
    expect(tab.queue.adopt(before)).toBe(false);
    server.other(set("c", "셋"));
    expect(tab.queue.adopt(server.view())).toBe(true);
    expect(tab.document.cues()).toEqual(server.content.cues);
  });
});

describe("an outbox that outlives its tab", () => {
  it("goes to the next tab, once, and not while its own tab lives", async () => {
    const outbox = new TestOutbox();
    const tabs = new TestTabs();
    server.faults = Array.from({ length: 9 }, () => "offline" as const);
    const first = openTab({ server, outbox, tabs: tabs.open("first") });
    first.edit(set("a", "하나"));
    first.edit({ kind: "insertCue", cue: cue("d", 6_000, "four") });
    first.edit(set("d", "넷"));
    await pass(1_000);
    const second = openTab({ server, outbox, tabs: tabs.open("second") });
    await second.queue.load();
    expect(second.queue.getState().unsent).toBe(0);

    tabs.alive.delete("first");
    server.faults = [];
    await second.queue.load();
    expect(second.texts()).toEqual(["하나", "two", "three", "넷"]);
    await pass();
    expect(server.texts()).toEqual(["하나", "two", "three", "넷"]);
    expect(outbox.rows.size).toBe(0);
    await second.queue.load();
    expect(second.queue.getState().unsent).toBe(0);
  });

  it("never clashes with itself after a crash between the answer and the next edit", async () => {
    const outbox = new TestOutbox();
    const tabs = new TestTabs();
    const first = openTab({ server, outbox, tabs: tabs.open("first") });
    first.edit(set("a", "1"), { group: "x" });
    await pass(800);
    server.faults = ["lost", "offline", "offline", "offline"];
    first.edit(set("a", "2"), { group: "y" });
    await pass(800);
    first.edit(set("a", "3"), { group: "z" });
    await pass(1_000);
    tabs.alive.delete("first");
    server.faults = [];
    const second = openTab({ server, outbox, tabs: tabs.open("second") });
    await second.queue.load();
    await pass(800);
    expect(second.queue.getState()).toMatchObject({ conflicts: [], unsent: 0 });
    expect(server.texts()[0]).toBe("3");
  });

  it("is no surprise to whoever goes on writing on top of it", async () => {
    const outbox = new TestOutbox();
    const tabs = new TestTabs();
    server.faults = ["offline"];
    const first = openTab({ server, outbox, tabs: tabs.open("first") });
    first.edit(set("a", "1"));
    await pass(800);
    tabs.alive.delete("first");
    const second = openTab({ server, outbox, tabs: tabs.open("second") });
    await second.queue.load();
    second.edit(set("a", "2"));
    await pass(10);
    second.edit(set("a", "3"));
    await pass(2_000);
    expect(second.queue.getState()).toMatchObject({ conflicts: [], unsent: 0 });
    expect(server.texts()[0]).toBe("3");
  });

  it("isn't somebody else's", async () => {
    const outbox = new TestOutbox();
    const tabs = new TestTabs();
    server.faults = ["offline"];
    const mine = openTab({ server, outbox, tabs: tabs.open("mine") });
    mine.edit(set("a", "mine"));
    await pass(800);
    tabs.alive.clear();
    const theirs = openTab({ server, outbox, tabs: tabs.open("theirs"), actorId: "they" });
    await theirs.queue.load();
    expect(theirs.texts()[0]).toBe("one");
    expect(outbox.rows.size).toBe(1);
  });

  it("waits for its own account while another is logged in in the same browser", async () => {
    const outbox = new TestOutbox();
    const tabs = new TestTabs();
    let loggedIn = "me";
    const mine = openTab({ server, outbox, tabs: tabs.open("mine"), loggedIn: () => loggedIn });
    loggedIn = "they";
    mine.edit(set("a", "mine"));
    mine.queue.flush({ leaving: true });
    await pass(800);
    expect(server.log).toEqual([]);
    expect(mine.queue.getState()).toMatchObject({ status: "signed_out", unsent: 1 });

    const theirs = openTab({ server, outbox, tabs: tabs.open("theirs"), actorId: "they" });
    theirs.edit(set("b", "theirs"));
    await pass(800);
    tabs.alive.delete("mine");
    await theirs.queue.load();
    await pass(800);
    expect(server.log.map(({ actorId }) => actorId)).toEqual(["they"]);
    expect(outbox.rows.size).toBe(1);

    tabs.alive.clear();
    const again = openTab({ server, outbox, tabs: tabs.open("again") });
    await again.queue.load();
    await pass(800);
    expect(server.log.map(({ actorId }) => actorId)).toEqual(["they", "me"]);
    expect(server.texts()).toEqual(["mine", "theirs", "three"]);
    expect(outbox.rows.size).toBe(0);
  });

  it("is the account's that has taken its visitor over, in the open tab and from a closed one", async () => {
    const outbox = new TestOutbox();
    const tabs = new TestTabs();
    let loggedIn = "visitor";
    const visit = (id: string) =>
      openTab({
        ...{ server, outbox, tabs: tabs.open(id), actorId: "visitor" },
        loggedIn: () => loggedIn,
      });
    const [open, closed] = [visit("open"), visit("closed")];
    loggedIn = "account";
    open.edit(times("a", 100));
    closed.edit(times("b", 2_100));
    await pass();
    expect(open.queue.getState()).toMatchObject({
      ...{ status: "signed_out", unsent: 1, error: { code: "other_account" } },
    });
    open.queue.lost(new ApiError("not_found"));
    expect(open.queue.getState().error).toMatchObject({ code: "other_account" });

    server.takenOver.set("visitor", "account");
    tabs.alive.delete("closed");
    const account = openTab({
      ...{ server, outbox, tabs: tabs.open("account"), actorId: "account", actorWas: ["visitor"] },
    });
    await account.queue.load();
    open.queue.retry();
    await pass();
    expect(server.log.map(({ actorId }) => actorId)).toEqual(["account", "account"]);
    expect(server.content.cues.map(({ startMs }) => startMs)).toEqual([100, 2_100, 4_000]);
    expect(outbox.rows.size).toBe(0);
  });

  it("goes to whoever opens the track where it is from before that was noted", async () => {
    const outbox = new TestOutbox();
    const tabs = new TestTabs();
    server.faults = ["offline"];
    openTab({ server, outbox, tabs: tabs.open("old") }).edit(set("a", "old"));
    await pass(800);
    tabs.alive.clear();
    for (const row of outbox.rows.values()) row.actorId = null;
    const theirs = openTab({ server, outbox, tabs: tabs.open("theirs"), actorId: "they" });
    await theirs.queue.load();
    await pass(800);
    expect(server.log).toMatchObject([{ actorId: "they" }]);
  });

  it("says so where nothing can be kept, and works", async () => {
    const forbidden = () => Promise.reject(new Error("private mode"));
    const tab = openTab({ server, outbox: { change: forbidden, list: forbidden } });
    await tab.queue.load();
    tab.edit(set("a", "하나"));
    await pass(800);
    expect(server.texts()[0]).toBe("하나");
    expect(tab.queue.getState().durable).toBe(false);
  });
});
