"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import type { ActiveCues } from "@/components/player/active-cues";
import type { Player } from "@/components/player/player";
import { useReport } from "@/lib/client/use-report";
import type { TrackSession } from "@/lib/client/use-track";
import { type RuleProfile, ruleProfile } from "@/lib/subtitles/rules";
import type { TrackView } from "@/lib/tracks/schema";
import type { VideoTrack, VideoView } from "@/lib/videos/schema";
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
  dispatch: (action: SelectionAction) => void;
  /** All languages of the video. */
  tracks: readonly VideoTrack[];
  openTrack: (trackId: string) => void;
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

type Given = Pick<
  Editor,
  "video" | "track" | "session" | "player" | "active" | "tracks" | "openTrack" | "reread"
>;

interface EditorProviderProps extends Given {
  /** The cue that is chosen as the editor opens. */
  openCueId: string | null;
  children: ReactNode;
}

const none: readonly never[] = [];

/** Makes one open track known to the parts of its editor. */
export function EditorProvider({ openCueId, children, ...given }: EditorProviderProps) {
  const { video, track, session, player, active, tracks, openTrack, reread } = given;
  const [selection] = useState(() => new SelectionStore(openCueId));
  const { answer } = useReport(track.id);
  const evidence = answer?.evidence;
  useListChanges(session, selection);
  const profile = useMemo(
    () => ruleProfile(track.language, { sameLanguage: true }),
    [track.language],
  );
  const editor = useMemo<Editor>(
    () => ({
      ...{ video, track, session, player, active, tracks, openTrack, reread, profile, selection },
      language: track.language,
      fps: video.fps,
      shotChanges: evidence?.shotChanges ?? none,
      speech: evidence?.speech ?? none,
      dispatch: selection.dispatch,
      readOnly: false,
    }),
    [
      video,
      track,
      session,
      player,
      active,
      tracks,
      openTrack,
      reread,
      profile,
      selection,
      evidence,
    ],
  );
  return <Context.Provider value={editor}>{children}</Context.Provider>;
}

/** Cues that somebody takes away leave the selection. */
function useListChanges(session: TrackSession, selection: SelectionStore): void {
  useEffect(() => {
    let before = session.document.ids;
    return session.document.subscribeList(() => {
      const { ids } = session.document;
      if (ids === before) return;
      selection.dispatch({ kind: "listChanged", before, ids });
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

const nothing = selectionAt(null);
