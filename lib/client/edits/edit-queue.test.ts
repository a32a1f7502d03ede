import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import type { SubtitleOperation } from "@/lib/subtitles/operations";
import type { EditResult, EditTrackInput } from "@/lib/tracks/schema";
import { ApiError } from "../api";
import { EditQueue } from "./edit-queue";
import { type EditStore, indexedDbEditStore } from "./edit-store";
import { TrackDocument } from "./track-document";

const cue = (id: string, startMs: number, text: string): Cue => ({
  id,
  startMs,
  endMs: startMs + 1_000,
  text,
});

let databases = 0;
let store: EditStore;

beforeEach(() => {
  databases += 1;
  store = indexedDbEditStore(`edits-${databases}`);
});

/** A server that refuses an edit of a cue changed since its base, and stores each edit once. */
class FakeServer {
  revision = 0;
  readonly log: { revision: number; id: string; cueId: string; text: string; base: number }[] = [];
  readonly received: EditTrackInput[] = [];
  /** What somebody else does before the next edit arrives, beside setting texts. */
  also: SubtitleOperation[] = [];
  /** What the next requests meet instead of an answer; "lost": stored, but the answer is lost. */
  failures: (ApiError | "lost")[] = [];

  readonly send = async (input: EditTrackInput): Promise<EditResult> => {
    this.received.push(input);
    const failure = this.failures.shift();
    if (failure instanceof ApiError) throw failure;
    const result = this.#store(input);
    if (failure === "lost") throw new ApiError("network");
    return result;
  };

  /** Somebody else's edit. */
  other(cueId: string, text: string): void {
    this.revision += 1;
    this.log.push({ revision: this.revision, id: "other", cueId, text, base: this.revision - 1 });
  }

  texts(): Record<string, string> {
    return Object.fromEntries(this.log.map(({ cueId, text }) => [cueId, text]));
  }

  #store({ clientOpId, baseRevision, operation }: EditTrackInput): EditResult {
    const since = this.log.filter((entry) => entry.revision > baseRevision);
    const missed: EditResult["missed"] = since.map((entry) => ({
      revision: entry.revision,
      operation: { kind: "setText", cueId: entry.cueId, text: entry.text },
    }));
    if (operation.kind !== "setText") throw new Error(operation.kind);
    for (const other of this.also.splice(0)) {
      this.revision += 1;
      missed.push({ revision: this.revision, operation: other });
    }
    const done = this.log.find((entry) => entry.id === clientOpId);
    if (done) return { revision: this.revision, missed };
    const clash = since.findLast((entry) => entry.cueId === operation.cueId);
    if (clash && clash.text !== operation.text) {
      throw new ApiError("edit_conflict", {
        status: 409,
        data: {
          revision: this.revision,
          cueId: operation.cueId,
          yours: operation.text,
          theirs: clash.text,
        },
      });
    }
    this.revision += 1;
    const { cueId, text } = operation;
    this.log.push({ revision: this.revision, id: clientOpId, cueId, text, base: baseRevision });
    return { revision: this.revision, missed };
  }
}

function open(server: FakeServer, using: EditStore = store) {
  const document = new TrackDocument([cue("a", 0, "one"), cue("b", 2_000, "two")]);
  let reloads = 0;
  const queue = new EditQueue({
    trackId: "t",
    revision: 0,
    document,
    store: using,
    send: server.send,
    reload: () => {
      reloads += 1;
    },
  });
  const settled = () =>
    vi.waitFor(() => {
      const { status, unsent, conflicts } = queue.getState();
      if (status === "sending" || status === "waiting") throw new Error(status);
      if (status === "idle" && unsent > 0 && conflicts.length === 0) throw new Error("unsent");
    });
  return { document, queue, settled, reloads: () => reloads };
}

describe("EditQueue", () => {
  it("shows an edit at once, sends it and forgets it when the server has it", async () => {
    const server = new FakeServer();
    const { document, queue, settled } = open(server);
    const adding = queue.add({ cueId: "a", text: "하나", baseRevision: 0 });
    expect(document.cue("a")?.text).toBe("하나");
    await adding;
    await settled();
    expect(server.texts()).toEqual({ a: "하나" });
    expect(queue.getState()).toMatchObject({ status: "idle", unsent: 0 });
    expect(queue.revision).toBe(1);
    await vi.waitFor(async () => expect(await store.list("t")).toEqual([]));
  });

  it("sends in the order of typing, one at a time, without a conflict with itself", async () => {
    const server = new FakeServer();
    const { queue, settled } = open(server);
    const texts = ["1", "2", "3", "4"];
    await Promise.all(texts.map((text) => queue.add({ cueId: "a", text, baseRevision: 0 })));
    await settled();
    expect(server.log.map((entry) => entry.text)).toEqual(texts);
    expect(queue.getState().conflicts).toEqual([]);
  });

  it("is no conflict with an own edit confirmed while the next was typed", async () => {
    const server = new FakeServer();
    const { queue, settled } = open(server);
    const baseOfSecond = queue.revision;
    await queue.add({ cueId: "a", text: "first", baseRevision: 0 });
    await settled();
    await queue.add({ cueId: "a", text: "second", baseRevision: baseOfSecond });
    await settled();
    expect(server.texts()).toEqual({ a: "second" });
    expect(queue.getState().conflicts).toEqual([]);
  });

  it("takes in what others did to other cues", async () => {
    const server = new FakeServer();
    const { document, queue, settled } = open(server);
    server.other("b", "둘");
    await queue.add({ cueId: "a", text: "하나", baseRevision: 0 });
    await settled();
    expect(document.cue("b")?.text).toBe("둘");
    expect(queue.revision).toBe(2);
  });

  it("tries again after failures that may pass, and stores once what was stored already", async () => {
    vi.useFakeTimers();
    try {
      const server = new FakeServer();
      const { queue } = open(server, memoryStore());
      server.failures = ["lost", new ApiError("network"), new ApiError("internal")];
      await queue.add({ cueId: "a", text: "하나", baseRevision: 0 });
      await vi.advanceTimersByTimeAsync(0);
      expect(queue.getState()).toMatchObject({ status: "waiting", unsent: 1 });
      await vi.advanceTimersByTimeAsync(1_000 + 2_000 + 4_000);
      expect(queue.getState()).toMatchObject({ status: "idle", unsent: 0, error: null });
      expect(new Set(server.received.map((input) => input.clientOpId)).size).toBe(1);
      expect(server.received).toHaveLength(4);
      expect(server.log).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it("shows what others wrote after an own edit whose answer was lost", async () => {
    const server = new FakeServer();
    const { document, queue, settled } = open(server, memoryStore());
    server.failures = ["lost"];
    await queue.add({ cueId: "a", text: "mine", baseRevision: 0 });
    await vi.waitFor(() => expect(queue.getState().status).toBe("waiting"));
    server.other("a", "theirs, on top of mine");
    queue.retry();
    await settled();
    expect(document.cue("a")?.text).toBe("theirs, on top of mine");
    expect(queue.getState()).toMatchObject({ unsent: 0, conflicts: [] });
  });

  it("waits as long as the server asks, or less when told that the network is back", async () => {
    vi.useFakeTimers({ now: 0 });
    try {
      const server = new FakeServer();
      const { queue } = open(server, memoryStore());
      server.failures = [new ApiError("rate_limited", { retryAfterMs: 20_000 })];
      await queue.add({ cueId: "a", text: "하나", baseRevision: 0 });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(queue.getState()).toMatchObject({ status: "waiting", retryAtMs: 20_000 });
      queue.retry();
      await vi.advanceTimersByTimeAsync(0);
      expect(server.texts()).toEqual({ a: "하나" });
    } finally {
      vi.useRealTimers();
    }
  });

  it("replays after a reload what was never confirmed", async () => {
    const dead = new FakeServer();
    dead.failures = Array.from({ length: 10 }, () => new ApiError("network"));
    const before = open(dead);
    await before.queue.add({ cueId: "a", text: "하나", baseRevision: 0 });
    await before.queue.add({ cueId: "b", text: "둘", baseRevision: 0 });

    const server = new FakeServer();
    const after = open(server);
    await after.queue.load();
    expect(after.document.cue("b")?.text).toBe("둘");
    await after.settled();
    expect(server.texts()).toEqual({ a: "하나", b: "둘" });
    await vi.waitFor(async () => expect(await store.list("t")).toEqual([]));
  });

  it("holds the edits of a cue in conflict and goes on with the others", async () => {
    const server = new FakeServer();
    const { queue, settled } = open(server);
    server.other("a", "theirs");
    await queue.add({ cueId: "a", text: "mine", baseRevision: 0 });
    await queue.add({ cueId: "b", text: "둘", baseRevision: 0 });
    await settled();
    expect(queue.getState().conflicts).toEqual([
      { cueId: "a", yours: "mine", theirs: "theirs", revision: 1 },
    ]);
    expect(server.texts()).toEqual({ a: "theirs", b: "둘" });
    expect((await store.list("t")).map((edit) => edit.text)).toEqual(["mine"]);
  });

  it.each([
    ["mine", { a: "mine" }],
    ["theirs", { a: "theirs" }],
  ] as const)("ends a conflict by keeping %s", async (keep, texts) => {
    const server = new FakeServer();
    const { document, queue, settled } = open(server);
    server.other("a", "theirs");
    await queue.add({ cueId: "a", text: "mine", baseRevision: 0 });
    await settled();
    await queue.resolve("a", keep);
    await settled();
    expect(server.texts()).toEqual(texts);
    expect(document.cue("a")?.text).toBe(keep);
    expect(queue.getState()).toMatchObject({ conflicts: [], unsent: 0 });
    await vi.waitFor(async () => expect(await store.list("t")).toEqual([]));
    await queue.add({ cueId: "a", text: "after", baseRevision: 0 });
    await settled();
    expect(server.texts()).toEqual({ a: "after" });
  });

  it("asks nothing when both wrote the same", async () => {
    const server = new FakeServer();
    const { queue, settled } = open(server);
    server.failures = [
      new ApiError("edit_conflict", {
        data: { revision: 4, cueId: "a", yours: "same", theirs: "same" },
      }),
    ];
    await queue.add({ cueId: "a", text: "same", baseRevision: 0 });
    await settled();
    expect(queue.getState()).toMatchObject({ conflicts: [], unsent: 0 });
  });

  it("stops at a failure that won't pass, keeps the edit, and goes on when it is given up", async () => {
    const server = new FakeServer();
    const { document, queue, settled } = open(server);
    server.failures = [new ApiError("validation_failed", { status: 422 })];
    await queue.add({ cueId: "a", text: "bad", baseRevision: 0 });
    await queue.add({ cueId: "b", text: "둘", baseRevision: 0 });
    await settled();
    expect(queue.getState()).toMatchObject({ status: "stopped", unsent: 2, failedCueId: "a" });
    queue.discardFailed();
    await settled();
    expect(document.cue("a")?.text).toBe("one");
    expect(server.texts()).toEqual({ b: "둘" });
  });

  it("works without storage and says that it does", async () => {
    const server = new FakeServer();
    const forbidden = () => Promise.reject(new Error("private mode"));
    const { queue, settled } = open(server, { put: forbidden, remove: forbidden, list: forbidden });
    await queue.load();
    await queue.add({ cueId: "a", text: "하나", baseRevision: 0 });
    await settled();
    expect(server.texts()).toEqual({ a: "하나" });
    expect(queue.getState().durable).toBe(false);
  });

  it("follows what others did to times and to whole cues", async () => {
    const server = new FakeServer();
    const { document, queue, settled } = open(server);
    server.also = [
      { kind: "setTimes", cueId: "b", startMs: 5_000, endMs: 6_000 },
      { kind: "insertCue", cue: cue("c", 3_000, "셋") },
      { kind: "batch", operations: [{ kind: "setSpeaker", cueId: "a", speaker: "민수" }] },
    ];
    await queue.add({ cueId: "a", text: "하나", baseRevision: 0 });
    await settled();
    expect(document.ids).toEqual(["a", "c", "b"]);
    expect(document.cue("a")).toMatchObject({ text: "하나", speaker: "민수" });
    expect(document.activeAt(5_500).map(({ id }) => id)).toEqual(["b"]);
    expect(queue.revision).toBe(4);
  });

  it("has a replaced track read anew once its own edits are through", async () => {
    const server = new FakeServer();
    const { document, queue, settled, reloads } = open(server);
    server.also = [{ kind: "replace", version: 2 }];
    await Promise.all([
      queue.add({ cueId: "a", text: "하나", baseRevision: 0 }),
      queue.add({ cueId: "b", text: "둘", baseRevision: 0 }),
    ]);
    await settled();
    expect(reloads()).toBe(1);
    // An edit begun before the new cues are on the screen is one of the old ones.
    expect(queue.revision).toBe(0);
    expect(queue.adopt({ revision: 3, cues: [cue("n", 0, "새 자막")] })).toBe(true);
    expect(document.ids).toEqual(["n"]);
    expect(queue.revision).toBe(3);
  });

  it("reads the track anew after giving up the edit of a cue that is gone", async () => {
    const server = new FakeServer();
    const { queue, settled, reloads } = open(server);
    server.failures = [new ApiError("gone", { status: 410 })];
    await queue.add({ cueId: "a", text: "늦은 글", baseRevision: 0 });
    await settled();
    expect(queue.getState()).toMatchObject({ status: "stopped", failedCueId: "a" });
    queue.discardFailed();
    expect(reloads()).toBe(1);
  });

  it("takes a track read again only when nothing of its own is under way", async () => {
    const server = new FakeServer();
    const { document, queue, settled } = open(server);
    const newer = { revision: 3, cues: [cue("a", 0, "newer"), cue("b", 2_000, "two")] };
    server.failures = [new ApiError("validation_failed")];
    await queue.add({ cueId: "b", text: "x", baseRevision: 0 });
    await settled();
    expect(queue.adopt(newer)).toBe(false);
    queue.discardFailed();
    await settled();
    expect(queue.adopt(newer)).toBe(true);
    expect(document.cue("a")?.text).toBe("newer");
    expect(queue.adopt({ ...newer, revision: 2 })).toBe(false);
  });
});

function memoryStore(): EditStore {
  return { put: async () => {}, remove: async () => {}, list: async () => [] };
}
