"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import type { ActiveCues } from "@/components/player/active-cues";
import type { Player } from "@/components/player/player";
import { useEditorSettings } from "@/lib/client/use-editor-settings";
import { useReport } from "@/lib/client/use-report";
import type { TrackSession } from "@/lib/client/use-track";
import { allows } from "@/lib/sharing/roles";
import { type RuleProfile, ruleProfile } from "@/lib/subtitles/rules";
import type { TrackView } from "@/lib/tracks/schema";
import type { VideoTrack, VideoView } from "@/lib/videos/schema";
import { Writing } from "./actions/writing";
import { FollowStore } from "./list/follow-store";
import { type EditorSelection, type SelectionAction, selectionAt } from "./selection/selection";
import { SelectionStore } from "./selection/selection-store";

/** What every part of the editor knows. Stays the same object while people work in it. */
export interface Editor {
  video: VideoView;
  track: TrackView;
  session: TrackSession;
  player: Player;
  active: ActiveCues;
  profile: RuleProfile;
  /** BCP 47. */
  language: string;
  /** Frames a second; null where it isn't known. */
  fps: number | null;
  /** Where shots change, in ms, in order; empty until it is known. */
  shotChanges: readonly number[];
  /** Where somebody is heard, in order; empty until it is known. */
  speech: readonly { startMs: number; endMs: number }[];
  selection: SelectionStore;
  /** Whether it goes with the picture. */
  follow: FollowStore;
  /** Which text is open. */
  writing: Writing;
  /** Edits of times are carried over to the translations: what `session.edit` is told. */
  carry: boolean;
  dispatch: (action: SelectionAction) => void;
  /** All languages of the video. */
  tracks: readonly VideoTrack[];
  /** Opens another language, at a cue of it. */
  openTrack: (trackId: string, cueId?: string) => void;
  /** The track may have changed beyond what this page has seen. */
  reread: () => void;
  /** The person may look and not edit. */
  readOnly: boolean;
}

const Context = createContext<Editor | null>(null);

/** The editor around. Only inside `EditorProvider`. */
export function useEditor(): Editor {
  const editor = useContext(Context);
  if (!editor) throw new Error("no EditorProvider around");
  return editor;
}

/** For parts that also stand where no track is open; null there. */
export function useOpenEditor(): Editor | null {
  return useContext(Context);
}

export type OpenTrack = Pick<
  Editor,
  "video" | "track" | "session" | "player" | "active" | "tracks" | "openTrack" | "reread"
> & {
  /** The cue that is chosen as the editor opens. */
  openCueId: string | null;
};

const none: readonly never[] = [];

/**
 * Makes the open track known to the parts of its editor. It stands around the page whether or not
 * a track is open, so that the picture stays where it is when one opens.
 */
export function EditorProvider({
  open,
  children,
}: {
  open: OpenTrack | null;
  children: ReactNode;
}) {
  const editor = useOpened(open);
  return <Context.Provider value={editor}>{children}</Context.Provider>;
}

interface Opened {
  session: TrackSession;
  selection: SelectionStore;
  follow: FollowStore;
  writing: Writing;
}

const openedNow = ({ session, openCueId }: OpenTrack): Opened => ({
  session,
  selection: new SelectionStore(openCueId),
  follow: new FollowStore(),
  writing: new Writing(),
});

function useOpened(open: OpenTrack | null): Editor | null {
  const session = open?.session ?? null;
  const [chosen, setChosen] = useState<Opened | null>(null);
  if (open && chosen?.session !== open.session) setChosen(openedNow(open));
  const opened = chosen?.session === session ? chosen : null;
  const selection = opened?.selection ?? null;
  const follow = opened?.follow;
  const writing = opened?.writing;
  useListChanges(session, selection);
  const { answer } = useReport(open?.track.id ?? null);
  const evidence = answer?.evidence;
  const { settings } = useEditorSettings();
  const { video, track, player, active, tracks, openTrack, reread } = open ?? absent;
  const carry = settings.carryTimes && tracks.some((other) => other.sourceTrackId === track?.id);
  return useMemo(() => {
    if (!session || !selection || !follow || !writing || !video || !track || !player || !active)
      return null;
    return {
      ...{ video, track, session, player, active, selection, follow, writing, tracks },
      ...{ carry, openTrack, reread },
      profile: track.profile ?? ruleProfile(track.language, { sameLanguage: true }),
      language: track.language,
      fps: video.fps,
      shotChanges: evidence?.shotChanges ?? none,
      speech: evidence?.speech ?? none,
      dispatch: selection.dispatch,
      // An approved track is edited once somebody has said so, see `ApprovedNotice`.
      readOnly: !allows(track.role, "editor") || track.reviewState === "approved",
    };
  }, [
    video,
    track,
    session,
    player,
    active,
    selection,
    follow,
    writing,
    tracks,
    carry,
    openTrack,
    reread,
    evidence,
  ]);
}

const absent = {
  video: null,
  track: null,
  player: null,
  active: null,
  tracks: none,
  openTrack: () => {},
  reread: () => {},
};

/** Cues that somebody takes away leave the selection. */
function useListChanges(session: TrackSession | null, selection: SelectionStore | null): void {
  useEffect(() => {
    if (!session || !selection) return;
    let before = session.document.ids;
    return session.document.subscribeList(() => {
      const { ids } = session.document;
      if (ids === before) return;
      const focus = document.activeElement?.closest("[data-cue-row]") !== null;
      selection.dispatch({ kind: "listChanged", before, ids, focus });
      before = ids;
    });
  }, [session, selection]);
}

/** A part of the selection; renders again only when that part changes. */
export function useSelection<Part>(part: (selection: EditorSelection) => Part): Part {
  const { selection } = useEditor();
  return useSyncExternalStore(
    selection.subscribe,
    () => part(selection.get()),
    () => part(nothing),
  );
}

/**
 * The chosen cue for what is told about it beside the list: a key that goes to the next cue shows
 * its row first, and the rest right after it.
 */
export function useChosenAfterList(): string | null {
  return useDeferredValue(useSelection(({ cueId }) => cueId));
}

const nothing = selectionAt(null);
