import { describe, expect, it, vi } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperation, conflictsWith, type EditOperation } from "@/lib/subtitles/operations";
import type { EditResult, EditTrackInput } from "@/lib/tracks/schema";
import { ApiError } from "../api";
import { RepairSession } from "./repair-session";

const cue = (id: string, startMs: number, text: string): Cue => ({
  id,
  startMs,
  endMs: startMs + 900,
  text,
});

/** The server's rules, in memory. */
class FakeServer {
  cues: readonly Cue[] = [cue("a", 0, "one"), cue("b", 1_000, "two"), cue("c", 2_000, "three")];
  log: { clientOpId: string; operation: EditOperation }[] = [];
  failures: ApiError[] = [];
  /** Stores the edit, and then fails to say so. */
  loseAnswers = 0;

  readonly send = async (input: EditTrackInput): Promise<EditResult> => {
    const failure = this.failures.shift();
    if (failure) throw failure;
    const missed = this.log
      .map(({ operation }, index) => ({ revision: index + 1, operation }))
      .filter(({ revision }) => revision > input.baseRevision);
    const stored = this.log.some(({ clientOpId }) => clientOpId === input.clientOpId);
    if (!stored) {
      if (missed.some(({ operation }) => conflictsWith(operation, input.operation))) {
        throw new ApiError("edit_conflict");
      }
      this.other(input.operation, input.clientOpId);
    }
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      throw new ApiError("network");
    }
    return { revision: this.log.length, missed };
  };

  readonly load = async () => ({ cues: this.cues, revision: this.log.length });

  other(operation: EditOperation, clientOpId = `other-${this.log.length}`): void {
    const applied = applyOperation(this.cues, operation);
    if (!applied.ok) throw new ApiError("gone");
    this.cues = applied.cues;
    this.log.push({ clientOpId, operation });
  }
}

const text = (cueId: string, value: string): EditOperation => ({
  kind: "setText",
  cueId,
  text: value,
});

function open(server = new FakeServer()) {
  const session = new RepairSession({
    trackId: "t",
    track: { cues: server.cues, revision: server.log.length },
    send: server.send,
    load: server.load,
  });
  const settled = () =>
    vi.waitFor(() => {
      const { status, unsent } = session.getState();
      expect(status === "stopped" || (status === "idle" && unsent === 0)).toBe(true);
    });
  return { server, session, settled };
}

describe("RepairSession", () => {
  it("shows a repair at once, stores it, and takes several steps back and forth", async () => {
    const { server, session, settled } = open();
    session.apply(text("a", "1"));
    session.apply({ kind: "batch", operations: [text("a", "11"), text("b", "22")] as never }, 2);
    expect(session.getState().cues.map((each) => each.text)).toEqual(["11", "22", "three"]);
    await settled();
    expect(server.cues.map((each) => each.text)).toEqual(["11", "22", "three"]);
    session.undo();
    session.undo();
    expect(session.undo()).toBeUndefined();
    await settled();
    expect(server.cues.map((each) => each.text)).toEqual(["one", "two", "three"]);
    expect(session.redo()?.operation).toEqual(text("a", "1"));
    await settled();
    expect(server.cues[0]?.text).toBe("1");
    session.apply(text("c", "3"));
    expect(session.getState().redo).toEqual([]);
    await settled();
    expect(session.getState()).toMatchObject({ revision: server.log.length, clashes: 0 });
  });

  it("takes in what others did to other cues", async () => {
    const { server, session, settled } = open();
    server.other(text("b", "theirs"));
    session.apply(text("a", "mine"));
    await settled();
    expect(session.getState().cues).toEqual(server.cues);
    expect(session.getState().undo).toHaveLength(1);
  });

  it("never takes back what somebody else has written since", async () => {
    const { server, session, settled } = open();
    session.apply(text("a", "1"));
    session.apply(text("b", "2"));
    await settled();
    server.other(text("a", "theirs"));
    session.apply(text("c", "3"));
    await settled();
    expect(session.getState().undo.map(({ operation }) => operation)).toEqual([
      text("b", "2"),
      text("c", "3"),
    ]);
    while (session.undo()) await settled();
    expect(server.cues.map((each) => each.text)).toEqual(["theirs", "two", "three"]);
  });

  it("shows the present cues again when the same cue was changed elsewhere", async () => {
    const { server, session, settled } = open();
    server.other(text("a", "theirs"));
    session.apply(text("a", "mine"));
    await settled();
    expect(session.getState()).toMatchObject({ cues: server.cues, clashes: 1, undo: [] });
  });

  it("counts an edit once whose answer was lost", async () => {
    const { server, session, settled } = open();
    server.loseAnswers = 1;
    session.apply({ kind: "insertCue", cue: cue("d", 5_000, "four") });
    await vi.waitFor(() => expect(session.getState().status).toBe("waiting"));
    session.retry();
    await settled();
    expect(server.log).toHaveLength(1);
    expect(session.getState().cues).toEqual(server.cues);
    expect(session.getState().undo).toHaveLength(1);
  });

  it("stops at what won't pass, and gives it up when asked to", async () => {
    const { server, session, settled } = open();
    server.failures = [new ApiError("validation_failed", { status: 422 })];
    session.apply(text("a", "bad"));
    await settled();
    expect(session.getState()).toMatchObject({ status: "stopped", unsent: 1 });
    session.discard();
    await settled();
    await vi.waitFor(() => expect(session.getState().cues).toEqual(server.cues));
    expect(session.getState().undo).toEqual([]);
  });

  it("refuses what has no cue any more", () => {
    const { session } = open();
    expect(session.apply(text("z", "?"))).toBe(false);
    expect(session.getState().undo).toEqual([]);
  });

  it("takes in a later reading, but not over what is on its way", async () => {
    const { server, session, settled } = open();
    session.apply(text("a", "1"));
    session.adopt({ cues: [], revision: 9 });
    expect(session.getState().cues).toHaveLength(3);
    await settled();
    server.other(text("b", "theirs"));
    session.adopt(await server.load());
    expect(session.getState().cues).toEqual(server.cues);
    expect(session.getState().undo).toHaveLength(1);
  });
});
