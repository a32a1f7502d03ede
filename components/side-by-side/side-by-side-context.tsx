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
import { type Editor, useOpenEditor } from "@/components/editor/editor-context";
import { useCommand } from "@/components/editor/keys/keys-context";
import { useCompanionSession } from "@/lib/client/use-companion";
import { useStored } from "@/lib/client/use-stored";
import { type TrackSession, useTrack } from "@/lib/client/use-track";
import type { VideoTrack } from "@/lib/videos/schema";
import { StaleCues } from "./stale-cues";

/** What stands beside the open track: nothing, what it translates, or a track by its id. */
export type BesideChoice = string;

/** What the parts of the editor know about other languages of the video. */
export interface SideBySide {
  /** What the open track translates, followed live; null: nothing, or not read yet. */
  source: TrackSession | null;
  /** Cues that the source has changed under; null where there is no source. */
  stale: StaleCues | null;
  /** The second column; null: none, or not read yet. */
  beside: TrackSession | null;
  choice: BesideChoice;
  setChoice: (choice: BesideChoice) => void;
  /** What can stand beside it. */
  others: readonly VideoTrack[];
  /** Both languages are on the picture. */
  bilingual: boolean;
}

const nothing: SideBySide = {
  source: null,
  stale: null,
  beside: null,
  choice: "none",
  setChoice: () => {},
  others: [],
  bilingual: false,
};

const Context = createContext<SideBySide>(nothing);

/** What stands beside the open track; nothing where none is open. */
export const useSideBySide = (): SideBySide => useContext(Context);

/** Follows the other languages that the open track is held against. */
export function SideBySideProvider({ children }: { children: ReactNode }) {
  const editor = useOpenEditor();
  const value = useOthers(editor);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

const anyChoice = (value: string): value is BesideChoice => value !== "";
const isSwitch = (value: string): value is "on" | "off" => value === "on" || value === "off";

function useOthers(editor: Editor | null): SideBySide {
  const [stored, setChoice] = useStored<BesideChoice>("editor.beside", "source", anyChoice);
  const [bilingual, setBilingual] = useStored<"on" | "off">("editor.bilingual", "off", isSwitch);
  const track = editor?.track;
  const tracks = editor?.tracks;
  const others = useMemo(
    () => tracks?.filter(({ id }) => id !== track?.id) ?? [],
    [tracks, track?.id],
  );
  const sourceId = others.find(({ id }) => id === track?.sourceTrackId)?.id ?? null;
  const choice =
    stored === "source"
      ? sourceId === null
        ? "none"
        : "source"
      : others.some(({ id }) => id === stored)
        ? stored
        : "none";
  const source = useOtherSession(sourceId);
  const chosen = useOtherSession(choice === "none" || choice === "source" ? null : choice);
  const beside = choice === "source" ? source : chosen;
  const stale = useStale(editor, source);
  useCommand("view.bilingual", () => setBilingual(bilingual === "on" ? "off" : "on"), {
    enabled: others.length > 0,
  });
  return useMemo(
    () => ({ source, stale, beside, choice, setChoice, others, bilingual: bilingual === "on" }),
    [source, stale, beside, choice, setChoice, others, bilingual],
  );
}

/** Another track of the video, as it is now; it isn't edited here. */
function useOtherSession(trackId: string | null): TrackSession | null {
  const { track } = useTrack(trackId);
  return useCompanionSession(track ?? null);
}

function useStale(editor: Editor | null, source: TrackSession | null): StaleCues | null {
  const document = editor?.session.document;
  const [made, setMade] = useState<{ of: TrackSession; source: TrackSession; stale: StaleCues }>();
  const current = made?.of === editor?.session && made?.source === source ? made?.stale : undefined;
  if (editor && source && document && !current) {
    const stale = new StaleCues(document, source.document);
    setMade({ of: editor.session, source, stale });
  }
  useEffect(() => current?.begin(), [current]);
  return current ?? null;
}

const noIds: readonly string[] = [];
const never = () => () => {};

/** The cues whose source has changed, in the order of the track. */
export function useStaleIds(): readonly string[] {
  const { stale } = useSideBySide();
  return useSyncExternalStore(stale?.subscribe ?? never, stale?.ids ?? (() => noIds), () => noIds);
}

/** Whether the source of a cue has changed since it was translated. */
export function useIsStale(cueId: string): boolean {
  const { stale } = useSideBySide();
  return useSyncExternalStore(
    stale?.subscribe ?? never,
    () => stale?.has(cueId) ?? false,
    () => false,
  );
}
