import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue, TrackContent } from "@/lib/subtitles/model";
import {
  applyAllToTrack,
  type EditOperation,
  type SimpleOperation,
} from "@/lib/subtitles/operations";
import { UnseenEdits } from "./conflicts";
import { mergeEdits, type Verdict } from "./merging";
import type { LoggedEdit } from "./sync-schema";
import { TrackDraft } from "./track-draft";

/** A server's track without a server: its log, and what each request does to it. */
class Track {
  readonly initial: TrackContent;
  content: TrackContent;
  log: LoggedEdit[] = [];

  constructor(cues: readonly Cue[]) {
    this.initial = { cues, style: null };
    this.content = this.initial;
  }

  send(actorId: string, baseRevision: number, edits: Sent[]): Verdict[] {
    const ids = new Set(edits.map(({ clientOpId }) => clientOpId));
    const known = new Map(
      this.log.flatMap(({ clientOpId, ...mark }) =>
        ids.has(clientOpId) ? [[clientOpId, mark]] : [],
      ),
    );
    const missed = this.log.filter(({ revision }) => revision > baseRevision);
    const theirs = missed.filter((each) => known.get(each.clientOpId)?.actorId !== actorId);
    const draft = new TrackDraft(this.content);
    const { verdicts, accepted } = mergeEdits({
      ...{ draft, edits, known, actorId, revision: this.log.length },
      unseen: new UnseenEdits(theirs),
    });
    for (const { clientOpId, groupId, operation, revision } of accepted) {
      this.log.push({ clientOpId, groupId, operation, revision, actorId, undoes: null });
    }
    this.content = draft.content();
    return verdicts;
  }
}

interface Sent {
  clientOpId: string;
  groupId: string;
  operation: EditOperation;
}

const ids = ["a", "b", "c", "d"];
const cueOf = (id: string, text: string): Cue => ({ id, startMs: 0, endMs: 900, text });
const cueId = fc.constantFrom(...ids, "e", "f");
const text = fc.constantFrom("가", "나", "다");
const startMs = fc.constantFrom(0, 100, 200);
const simple: fc.Arbitrary<SimpleOperation> = fc.oneof(
  fc.record({ kind: fc.constant("setText" as const), cueId, text }),
  fc.record({ kind: fc.constant("setTimes" as const), cueId, startMs, endMs: fc.constant(900) }),
  fc.record({ kind: fc.constant("setSpeaker" as const), cueId, speaker: text }),
  fc.record({ kind: fc.constant("removeCue" as const), cueId }),
  fc.record({
    kind: fc.constant("insertCue" as const),
    cue: fc.tuple(cueId, text).map(([id, t]) => cueOf(id, t)),
  }),
  fc.tuple(cueId, cueId, text).map(
    ([from, to, t]): SimpleOperation => ({
      ...{ kind: "replaceCues", remove: [from] },
      insert: from === to ? [cueOf(from, t)] : [cueOf(from, t), cueOf(to, t)],
    }),
  ),
);
const operation: fc.Arbitrary<EditOperation> = fc.oneof(
  { weight: 5, arbitrary: simple },
  fc
    .array(simple, { minLength: 1, maxLength: 3 })
    .map((operations): EditOperation => ({ kind: "batch", operations })),
);
/** Requests of three people, each made when so many of the newest edits hadn't been seen. */
const requests = fc.array(
  fc.record({
    actorId: fc.constantFrom("min", "jun", "seo"),
    unseen: fc.nat(4),
    operations: fc.array(operation, { minLength: 1, maxLength: 4 }),
    again: fc.boolean(),
  }),
  { maxLength: 12 },
);
const start = () => new Track(ids.map((id, at) => ({ ...cueOf(id, id), startMs: at * 10 })));

let counter = 0;
const sent = (operations: EditOperation[]): Sent[] =>
  operations.map((each) => ({ clientOpId: `op-${++counter}`, groupId: "g", operation: each }));

function settingIn(content: TrackContent, id: string, property: "text" | "speaker" | "times") {
  const cue = content.cues.find((each) => each.id === id);
  if (!cue) return undefined;
  return property === "times" ? `${cue.startMs} ${cue.endMs}` : (cue[property] ?? null);
}

/** A property that an edit sets, of those that can be compared simply. */
function settingOf(edit: EditOperation) {
  if (edit.kind === "setText") return [edit.cueId, "text", edit.text] as const;
  if (edit.kind === "setSpeaker") return [edit.cueId, "speaker", edit.speaker] as const;
  if (edit.kind !== "setTimes") return undefined;
  return [edit.cueId, "times", `${edit.startMs} ${edit.endMs}`] as const;
}

describe("merging what several people send", () => {
  it("is what the log says, edit by edit, whatever was refused", () => {
    fc.assert(
      fc.property(requests, (sequence) => {
        const track = start();
        for (const { actorId, unseen, operations } of sequence) {
          track.send(actorId, Math.max(0, track.log.length - unseen), sent(operations));
        }
        expect(track.log.map(({ revision }) => revision)).toEqual(track.log.map((_, at) => at + 1));
        const replayed = applyAllToTrack(
          track.initial,
          track.log.map((each) => each.operation),
        );
        expect(replayed).toEqual({ ok: true, content: track.content });
      }),
      { numRuns: 500 },
    );
  });

  it("stores a request that is sent again once, and answers what is stored in the same way", () => {
    fc.assert(
      fc.property(requests, (sequence) => {
        const track = start();
        for (const { actorId, unseen, operations, again } of sequence) {
          const base = Math.max(0, track.log.length - unseen);
          const edits = sent(operations);
          const first = track.send(actorId, base, edits);
          if (!again) continue;
          const { length } = track.log;
          const second = track.send(actorId, base, edits);
          const stored = (all: Verdict[]) => all.filter(({ status }) => status === "stored");
          expect(stored(second)).toEqual(stored(first));
          expect(track.log).toHaveLength(length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("overwrites nothing that the sender hasn't seen", () => {
    fc.assert(
      fc.property(requests, (sequence) => {
        const track = start();
        for (const { actorId, unseen, operations } of sequence) {
          const base = Math.max(0, track.log.length - unseen);
          const seen = applyAllToTrack(
            track.initial,
            track.log.slice(0, base).map((each) => each.operation),
          );
          const before = track.content;
          const [edit] = sent(operations);
          if (!edit || !seen.ok) continue;
          const [verdict] = track.send(actorId, base, [edit]);
          const setting = settingOf(edit.operation);
          if (!setting || verdict?.status !== "stored") continue;
          const [id, property, value] = setting;
          const was = settingIn(before, id, property);
          const changedUnseen = was !== settingIn(seen.content, id, property);
          expect(changedUnseen && was !== value).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keeps what touches other cues or other properties, whoever is first", () => {
    const set = (id: string, value: string): EditOperation => ({
      kind: "setText",
      cueId: id,
      text: value,
    });
    const move: EditOperation = { kind: "setTimes", cueId: "a", startMs: 5, endMs: 9 };
    const track = start();
    track.send("min", 0, sent([set("a", "가"), set("b", "나")]));
    const verdicts = track.send("jun", 0, sent([move, set("c", "다"), set("b", "나")]));
    expect(verdicts.map(({ status }) => status)).toEqual(["stored", "stored", "stored"]);
  });

  it("sees a split beside a changed text as a conflict of the texts", () => {
    const track = start();
    track.send("min", 0, sent([{ kind: "setText", cueId: "a", text: "새 글" }]));
    const split: EditOperation = {
      ...{ kind: "replaceCues", remove: ["a"] },
      insert: [cueOf("a", "앞"), cueOf("z", "뒤")],
    };
    expect(track.send("jun", 0, sent([split]))).toMatchObject([
      { status: "conflict", found: { cueId: "a", yours: "앞", theirs: "새 글", actorId: "min" } },
    ]);
  });

  it("builds on one's own edit that was the same as somebody else's", () => {
    const track = start();
    const set = (value: string): EditOperation => ({ kind: "setText", cueId: "a", text: value });
    track.send("min", 0, sent([set("같은 글")]));
    const verdicts = track.send("jun", 0, sent([set("같은 글"), set("다음 글")]));
    expect(verdicts.map(({ status }) => status)).toEqual(["stored", "stored"]);
  });
});

describe("a draft", () => {
  it("is as it was when a part of an edit can't be done", () => {
    const content = start().content;
    const draft = new TrackDraft(content);
    const before = draft.extent;
    const failed = draft.apply({
      kind: "batch",
      operations: [
        { kind: "setTimes", cueId: "a", startMs: 500, endMs: 900 },
        { kind: "replaceCues", remove: ["b"], insert: [cueOf("x", "엑스")] },
        { kind: "removeCue", cueId: "nobody" },
      ],
    });
    expect(failed).toMatchObject({ ok: false, code: "cue_not_found", cueId: "nobody" });
    expect(draft.content()).toEqual(content);
    expect(draft.extent).toEqual(before);
  });
});
