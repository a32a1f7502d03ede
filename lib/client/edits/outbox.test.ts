import "fake-indexeddb/auto";
import { openDB } from "idb";
import { beforeEach, describe, expect, it } from "vitest";
import { indexedDbOutbox, type OutboxEdit } from "./outbox";
import { cue, openTab, TestServer } from "./test-server";

let databases = 0;
let name: string;

beforeEach(() => {
  databases += 1;
  name = `outbox-${databases}`;
});

const row = (clientOpId: string, over: Partial<OutboxEdit> = {}): OutboxEdit => ({
  ...{ clientOpId, trackId: "t", groupId: "group-1", base: 3, order: 1 },
  operation: { kind: "setText", cueId: "a", text: clientOpId },
  ...{ chain: "tab-1", sees: [], owner: "tab-1", actorId: "me", fixed: false },
  ...over,
});

describe("the outbox", () => {
  it("keeps edits in the order of making, across openings", async () => {
    const outbox = indexedDbOutbox(name);
    await outbox.change({
      put: [row("second", { order: 2 }), row("first"), row("z", { trackId: "u" })],
    });
    const ids = async () => (await indexedDbOutbox(name).list("t")).map((each) => each.clientOpId);
    expect(await ids()).toEqual(["first", "second"]);
    await outbox.change({ put: [row("third", { order: 3 })], remove: ["first"] });
    expect(await ids()).toEqual(["second", "third"]);
  });

  it("lets edits that follow their tab follow it, and those with a base of their own keep it", async () => {
    const outbox = indexedDbOutbox(name);
    const put = [row("follows"), row("fixed", { fixed: true }), row("other", { chain: "tab-2" })];
    await outbox.change({ put, checked: { trackId: "t", chain: "tab-1", checkedTo: 9 } });
    const bases = async () =>
      (await outbox.list("t")).map(({ clientOpId, base }) => [clientOpId, base]);
    expect(Object.fromEntries(await bases())).toEqual({ follows: 9, fixed: 3, other: 3 });
    await outbox.change({ checked: { trackId: "t", chain: "tab-1", checkedTo: null } });
    expect(Object.fromEntries(await bases())).toEqual({ follows: 3, fixed: 3, other: 3 });
  });

  it("keeps what another account has left, and gives it to nobody else", async () => {
    const outbox = indexedDbOutbox(name);
    const left = { owner: "gone", chain: "gone" };
    await outbox.change({
      put: [row("mine", left), row("anybody's", { ...left, actorId: null, order: 2 })],
    });
    const server = new TestServer([cue("a", 0)]);
    const waiting = async (actorId: string) => {
      // Nothing gets through, or what was taken over would be stored before it is looked at.
      const tab = openTab({ server, outbox: indexedDbOutbox(name), actorId, reach: () => false });
      await tab.queue.load();
      return tab.queue.unsentEdits().map(({ clientOpId }) => clientOpId);
    };
    expect(await waiting("they")).toEqual(["anybody's"]);
    expect((await outbox.list("t")).map(({ clientOpId }) => clientOpId)).toContain("mine");
    expect(await waiting("me")).toContain("mine");
  });

  it("takes over what the first version of it has kept", async () => {
    const first = await openDB(name, 1, {
      upgrade: (db) => {
        db.createObjectStore("edits", { keyPath: "clientOpId" }).createIndex("byTrack", "trackId");
      },
    });
    for (const [clientOpId, text] of [
      ["0002", "later"],
      ["0001", "sooner"],
    ]) {
      await first.put("edits", { clientOpId, trackId: "t", cueId: "a", text, baseRevision: 5 });
    }
    first.close();
    const kept = await indexedDbOutbox(name).list("t");
    expect(kept).toMatchObject([
      { clientOpId: "0001", base: 5, operation: { kind: "setText", cueId: "a", text: "sooner" } },
      { clientOpId: "0002", operation: { text: "later" }, actorId: null },
    ]);
  });

  it("doesn't stand in the way of a later version, and works on until then", async () => {
    const outbox = indexedDbOutbox(name);
    await outbox.change({ put: [row("kept")] });
    const later = await openDB(name, 3);
    expect(await later.get("outbox", "kept")).toMatchObject({ clientOpId: "kept" });
    later.close();
    await expect(outbox.list("t")).rejects.toThrow();
  });
});
