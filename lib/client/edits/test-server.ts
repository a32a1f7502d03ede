import type { Cue, TrackContent } from "@/lib/subtitles/model";
import type { EditOperation, SubtitleOperation } from "@/lib/subtitles/operations";
import { UnseenEdits } from "@/lib/tracks/conflicts";
import { mergeEdits } from "@/lib/tracks/merging";
import type { TrackView } from "@/lib/tracks/schema";
import type {
  EditOutcome,
  HistoryView,
  LoggedEdit,
  SendEditsInput,
  SendEditsResult,
} from "@/lib/tracks/sync-schema";
import { TrackDraft } from "@/lib/tracks/track-draft";
import { ApiError } from "../api";
import type { Outbox, OutboxEdit } from "./outbox";
import type { Tabs } from "./tabs";
import { openTrackSession, type TrackSession } from "./track-session";

/** What a request meets: `lost`: it is done, and the answer doesn't come. */
export type Fault = "none" | "lost" | "offline" | "broken" | "signed_out";

export const cue = (id: string, startMs: number, text = id): Cue => ({
  id,
  startMs,
  endMs: startMs + 900,
  text,
});

/** The server's own decisions, on a track in memory. */
export class TestServer {
  content: TrackContent;
  revision = 0;
  readonly log: LoggedEdit[] = [];
  readonly requests: SendEditsInput[] = [];
  /** What the next requests meet. */
  faults: (Fault | ApiError)[] = [];
  /** Accounts by the visitors whom they have taken over. */
  readonly takenOver = new Map<string, string>();
  /** Steps of earlier visits. */
  history: HistoryView = { undo: [], redo: [], more: false };

  constructor(cues: readonly Cue[]) {
    this.content = { cues, style: null };
  }

  view(): TrackView {
    return {
      ...{ id: "t", videoId: "v", language: "ko", sourceTrackId: null, role: "owner" },
      ...{ readerId: "me", readerWas: [] },
      ...{ revision: this.revision, cues: this.content.cues, style: this.content.style },
      ...{ profile: null, reviewState: "draft", reviewedBy: null, reviewedAt: null, place: null },
      updatedAt: "2026-11-27T00:00:00.000Z",
    };
  }

  texts(): string[] {
    return this.content.cues.map(({ text }) => text);
  }

  async send(actorId: string, input: SendEditsInput): Promise<SendEditsResult> {
    this.requests.push(structuredClone(input));
    const fault = this.faults.shift() ?? "none";
    if (fault instanceof ApiError) throw fault;
    if (fault === "offline") throw new ApiError("network");
    if (fault === "broken") throw new ApiError("internal", { status: 500 });
    if (fault === "signed_out") throw new ApiError("unauthenticated", { status: 401 });
    const makerId = input.actorId ?? actorId;
    const took = this.takenOver.get(makerId) === actorId;
    if (makerId !== actorId && !took) throw new ApiError("other_account");
    const result = this.merge(actorId, structuredClone(input));
    if (fault === "lost") throw new ApiError("network");
    return structuredClone(result);
  }

  /** Somebody else's edit, made with everything in sight. */
  other(operation: EditOperation, actorId = "other"): void {
    const clientOpId = `other-${this.revision}-${actorId}`;
    const edits = [{ clientOpId, groupId: clientOpId, operation }];
    const { outcomes } = this.merge(actorId, { baseRevision: this.revision, edits });
    if (outcomes[0]?.status !== "stored") throw new Error(JSON.stringify(outcomes));
  }

  /** A job, or a version that comes back. */
  replace(cues: readonly Cue[]): void {
    this.content = { ...this.content, cues };
    this.#append({ kind: "replace", version: 1 }, "job");
  }

  merge(actorId: string, { baseRevision, edits }: SendEditsInput): SendEditsResult {
    const log = this.log.filter(({ revision }) => revision > baseRevision);
    const ids = new Set(edits.map(({ clientOpId }) => clientOpId));
    const known = new Map(
      this.log
        .filter(({ clientOpId }) => ids.has(clientOpId))
        .map((each) => [each.clientOpId, each]),
    );
    const draft = new TrackDraft(this.content);
    const unseen = new UnseenEdits(log.filter(({ clientOpId }) => !known.has(clientOpId)));
    const { revision } = this;
    const merged = mergeEdits({
      draft,
      edits: edits.map((edit) => ({ ...edit })),
      known,
      unseen,
      actorId,
      revision,
    });
    this.content = draft.content();
    for (const { operation, clientOpId, groupId } of merged.accepted) {
      this.#append(operation, actorId, { clientOpId, groupId });
    }
    const outcomes = merged.verdicts.map((verdict): EditOutcome => {
      if (verdict.status !== "conflict") return verdict;
      const { actorId: id, ...values } = verdict.found;
      const conflict = { ...values, revision: this.revision, by: { id, name: id } };
      return { clientOpId: verdict.clientOpId, status: "conflict", conflict };
    });
    const after = this.log.filter((each) => each.revision > baseRevision);
    return { revision: this.revision, outcomes, log: after, carried: [] };
  }

  #append(
    operation: SubtitleOperation,
    actorId: string,
    ids?: { clientOpId: string; groupId: string },
  ): void {
    const { clientOpId, groupId } = ids ?? jobIds(this.revision);
    this.revision += 1;
    const { revision } = this;
    this.log.push({ revision, clientOpId, groupId, undoes: null, actorId, operation });
  }
}

const jobIds = (revision: number) => ({
  clientOpId: `job-${revision}`,
  groupId: `job-${revision}`,
});

/** Storage that outlives its tab. */
export class TestOutbox implements Outbox {
  readonly rows = new Map<string, OutboxEdit>();
  readonly #checked = new Map<string, number>();

  async change({ put = [], remove = [], checked }: Parameters<Outbox["change"]>[0]): Promise<void> {
    for (const row of put) this.rows.set(row.clientOpId, structuredClone(row));
    for (const id of remove) this.rows.delete(id);
    if (checked?.checkedTo === null) this.#checked.delete(checked.chain);
    else if (checked) this.#checked.set(checked.chain, checked.checkedTo);
  }

  async list(): Promise<OutboxEdit[]> {
    return [...this.rows.values()]
      .map((row) => ({
        ...structuredClone(row),
        base: row.fixed ? row.base : Math.max(row.base, this.#checked.get(row.chain) ?? 0),
      }))
      .sort((a, b) => a.order - b.order);
  }
}

/** Which tabs live. */
export class TestTabs {
  readonly alive = new Set<string>();

  open(id: string): Tabs {
    this.alive.add(id);
    return {
      id,
      alone: (_name, work) => work(),
      ifGone: async (tabId, work) => {
        if (!this.alive.has(tabId)) await work();
      },
    };
  }
}

interface TestTabOptions {
  server: TestServer;
  actorId?: string;
  /** Visitors whom that account had taken over when the tab was opened. */
  actorWas?: string[];
  /** Whose log-in the browser has by now. */
  loggedIn?: () => string;
  outbox?: Outbox;
  tabs?: Tabs;
  /** False: nothing that it does has an effect any more. */
  reach?: () => boolean;
}

let openedTabs = 0;

/** A tab that has the track open. */
export function openTab({
  server,
  actorId = "me",
  actorWas = [],
  loggedIn = () => actorId,
  outbox,
  tabs,
  reach = () => true,
}: TestTabOptions): TrackSession & {
  texts(): string[];
} {
  openedTabs += 1;
  const session = openTrackSession({
    track: structuredClone(server.view()),
    outbox: outbox ?? new TestOutbox(),
    tabs: tabs ?? new TestTabs().open(`tab-${openedTabs}`),
    send: (input) => (reach() ? server.send(loggedIn(), input) : new Promise(() => {})),
    loadHistory: async () => structuredClone(server.history),
    reload: () => void session.queue.adopt(structuredClone(server.view())),
    ...{ actorId: () => actorId, actorWas },
  });
  return Object.assign(session, { texts: () => session.document.cues().map(({ text }) => text) });
}
