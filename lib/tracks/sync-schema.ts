import { z } from "zod";
import type { ErrorCode } from "@/lib/errors";
import type { EditOperation, SubtitleOperation } from "@/lib/subtitles/operations";
import { cleanText } from "@/lib/text";
import { editOperation } from "./operation-schema";
import type { EditConflict, Person } from "./schema";

/** Most edits that are sent at once. */
export const maxEditsAtOnce = 500;

const madeHere = z.string().regex(/^[\w:.-]{8,64}$/);
const revision = z.number().int().min(0).max(2_147_483_647);

/** One edit on its way to the server. */
export interface SentEdit {
  /** Made by the editor; sending the same edit again stores it once. */
  clientOpId: string;
  /** Edits of one group are undone together. */
  groupId: string;
  /** The group that this edit takes back: an undo, or the undo of an undo (a redo). */
  undoes?: string | undefined;
  /** Times of the source are carried over to the translations that share them. */
  carry?: boolean | undefined;
  operation: EditOperation;
}

export const sendEditsInput = z.strictObject({
  /**
   * The newest revision of which the editor had seen everything when it made the first of the
   * edits. What has happened after it is judged as unseen, except the edits that are sent here.
   */
  baseRevision: revision,
  /**
   * Whose edits these are, the `readerId` of the track's view: another account may have logged in
   * in the same browser since, and is refused. Left out: whoever sends them.
   */
  actorId: z.uuid().optional(),
  edits: z
    .array(
      z.strictObject({
        clientOpId: madeHere,
        groupId: madeHere,
        undoes: madeHere.optional(),
        carry: z.boolean().optional(),
        // One that can't be read is refused by itself, so that it holds up none of the others.
        operation: z.unknown().transform((sent) => editOperation.safeParse(sent).data ?? null),
      }),
    )
    .min(1)
    .max(maxEditsAtOnce),
});
export interface SendEditsInput {
  baseRevision: number;
  actorId?: string | undefined;
  edits: SentEdit[];
}
/** What has come of it at the server. */
export type ReceivedEdits = z.infer<typeof sendEditsInput>;

/** What became of one edit. */
export type EditOutcome = { clientOpId: string } & (
  | { status: "stored"; revision: number }
  /** Somebody else set the same property: both values, for the person to choose. */
  | { status: "conflict"; conflict: EditConflict }
  /** Its cue isn't there any more. */
  | { status: "gone"; cueId: string }
  /** It builds on an edit before it that was refused: nothing was done. */
  | { status: "held" }
  /**
   * It can't ever be stored as it is. `validation_failed`: not an edit that tracks know;
   * `limit_reached`: the track would become too long; `idempotency_conflict`: its `clientOpId` is
   * another's; `conflict`: it brings a cue of an id that is there already.
   */
  | { status: "refused"; code: ErrorCode }
);

/** An edit in the log, as it is told to other tabs. */
export interface LoggedEdit {
  revision: number;
  clientOpId: string;
  groupId: string | null;
  undoes: string | null;
  actorId: string;
  operation: SubtitleOperation;
}

/** Answer to edits that were sent. */
export interface SendEditsResult {
  /** Of the track after them. */
  revision: number;
  /** In the order in which they were sent. */
  outcomes: EditOutcome[];
  /**
   * All that is in the log after `baseRevision`, those just stored included, oldest first. A
   * `replace` among them means that the track is to be read anew.
   */
  log: LoggedEdit[];
  /** Translations that have followed (`carry`), with their new revisions. */
  carried: { trackId: string; revision: number }[];
}

/** A group of one's own edits that can be taken back, or made again. */
export interface HistoryStep {
  groupId: string;
  /** In the order in which they were made. */
  edits: { revision: number; operation: SubtitleOperation; inverse: SubtitleOperation }[];
  /** Translations have followed it, and follow what takes it back: `carry` is sent again. */
  carry: boolean;
  /** When the last of them was made (ISO 8601). */
  at: string;
}

/** One's own steps, newest first: what undo and redo will do, over sessions. */
export interface HistoryView {
  /** To take one back, its `inverse`s are sent from the last to the first, `undoes` its group. */
  undo: HistoryStep[];
  /** Undos; to make one's step again, it is taken back in just the same way. Only without `before`. */
  redo: HistoryStep[];
  /** There are older steps to undo, to be asked for with `before`. */
  more: boolean;
}

export const historyQuery = z.object({
  /** Steps older than the one that began at this revision: its `edits[0].revision`. */
  before: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  /** Whose steps the page expects, as `sendEditsInput` has it. */
  actorId: z.uuid().optional(),
});
export type HistoryQuery = z.infer<typeof historyQuery>;

export const presenceInput = z.strictObject({
  /** Made by the tab. */
  clientId: madeHere,
  cueId: cleanText.pipe(z.string().min(1).max(64)).nullable(),
  writing: z.boolean().default(false),
  /** Where the video stands, in ms: the track opens there again. */
  ms: z.number().int().min(0).max(86_400_000),
  /** The tab goes away. */
  leaving: z.boolean().default(false),
});
export type PresenceInput = z.infer<typeof presenceInput>;

/** Somebody who has the track open. */
export interface PresentPerson extends Person {
  clientId: string;
  cueId: string | null;
  writing: boolean;
}

/** What can be read again beside the cues. `access`: also the reader's own role. */
export const trackChanges = [
  "notes",
  "review",
  "versions",
  "ignored",
  "access",
  "renders",
  "speakers",
] as const;
export type TrackChange = (typeof trackChanges)[number];

export const eventsQuery = z.object({
  /** The newest revision the reader has; `Last-Event-ID` of a connection that came back counts more. */
  after: z.coerce.number().pipe(revision).optional(),
});

/**
 * Frames of `GET /api/v1/tracks/{id}/events`, by event name. `id` of a frame is the revision it
 * brings the reader to; `Last-Event-ID` resumes there.
 */
export interface TrackEvents {
  /** First of all: where the track stands. */
  hello: { revision: number };
  edits: { log: LoggedEdit[] };
  presence: { people: PresentPerson[] };
  /** Something beside the cues has changed and is to be read again. */
  changed: { what: TrackChange };
}
