import { newId } from "@/lib/ids";
import { allows, type VideoRole } from "@/lib/sharing/roles";
import type { EditOperation } from "@/lib/subtitles/operations";
import type { TrackView } from "@/lib/tracks/schema";
import type { HistoryView, SendEditsInput, SendEditsResult } from "@/lib/tracks/sync-schema";
import { EditQueue } from "./edit-queue";
import { EditHistory, type HistoryResult } from "./history";
import type { Outbox } from "./outbox";
import type { Tabs } from "./tabs";
import { TrackDocument } from "./track-document";

/** A track that is open in this tab: its cues, the edits on their way, and how to take them back. */
export interface TrackSession {
  trackId: string;
  language: string;
  role: VideoRole;
  document: TrackDocument;
  queue: EditQueue;
  history: EditHistory;
  /**
   * Shown at once, kept on this machine, sent. Edits of one `group` that follow each other are
   * taken back together; without one an edit is a step of its own. `carry`: times are carried over
   * to translations. False: it can't be done, as its cue isn't there or nothing may be edited.
   */
  edit(operation: EditOperation, options?: { group?: string; carry?: boolean }): boolean;
  undo(): Promise<HistoryResult>;
  redo(): Promise<HistoryResult>;
}

interface SessionOptions {
  track: TrackView;
  outbox: Outbox;
  tabs: Tabs;
  send: (input: SendEditsInput, options: { leaving: boolean }) => Promise<SendEditsResult>;
  loadHistory: (before?: number) => Promise<HistoryView>;
  reload: () => void;
  actorId?: () => string | null;
  actorWas?: readonly string[];
  now?: () => number;
}

/** Opens a track for editing. What earlier visits left unsent is taken up by `queue.load`. */
export function openTrackSession(options: SessionOptions): TrackSession {
  const { track, loadHistory, ...forQueue } = options;
  const { id: trackId, language } = track;
  const document = new TrackDocument({ cues: track.cues, style: track.style }, track.revision);
  const add = (edit: Parameters<EditQueue["add"]>[0]) => queue.add(edit);
  const authorOf = (cueId: string) => queue.authorOf(cueId);
  const history = new EditHistory({ document, add, load: loadHistory, authorOf });
  const queue = new EditQueue({ ...forQueue, trackId, document, fates: history });
  const groups = new Map<string, string>();
  const readOnly = () => !allows(session.role, "editor");

  const groupFor = (name: string | undefined): string => {
    const known = name === undefined ? undefined : groups.get(name);
    // A group that something else came after is over.
    if (known !== undefined && known === history.openGroup) return known;
    const groupId = newId();
    if (name !== undefined) groups.set(name, groupId);
    return groupId;
  };

  const session: TrackSession = {
    ...{ trackId, language, role: track.role, document, queue, history },
    edit: (operation, { group, carry = false } = {}) => {
      if (readOnly()) return false;
      const plan = document.plan(operation);
      if (!plan.ok) return false;
      if (!plan.changes) return true;
      const groupId = groupFor(group);
      const clientOpId = queue.add({ operation, groupId, carry });
      history.record({ clientOpId, groupId, operation, inverse: plan.inverse, carry });
      return true;
    },
    undo: async () => (readOnly() ? { ok: false, reason: "read_only" } : history.undo()),
    redo: async () => (readOnly() ? { ok: false, reason: "read_only" } : history.redo()),
  };
  return session;
}
