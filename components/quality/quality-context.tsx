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
import { mutate } from "swr";
import { type Editor, useOpenEditor } from "@/components/editor/editor-context";
import { useSideBySide } from "@/components/side-by-side/side-by-side-context";
import { ignoredKey, useIgnored } from "@/lib/client/use-ignored";
import { useReport } from "@/lib/client/use-report";
import type { TrackSession } from "@/lib/client/use-track";
import { useTrackChanged } from "@/lib/client/use-track-events";
import type { TrackReportView } from "@/lib/tracks/schema";
import { noQuality, type QualityState, QualityStore } from "./quality-store";

const Context = createContext<QualityStore | null>(null);

/** The findings of the open track; null while nothing is known of them. */
export const useQuality = (): QualityStore | null => useContext(Context);

const never = () => () => {};

/** What the queue shows now. */
export function useQualityState(store: QualityStore | null): QualityState {
  return useSyncExternalStore(
    store?.subscribe ?? never,
    store?.get ?? (() => noQuality),
    () => noQuality,
  );
}

/** Judges the open track for as long as it is open. */
export function QualityProvider({ children }: { children: ReactNode }) {
  const editor = useOpenEditor();
  const { source } = useSideBySide();
  const store = useStore(editor, source);
  return (
    <Context.Provider value={store}>
      {editor && store ? <Ignored editor={editor} store={store} /> : null}
      {children}
    </Context.Provider>
  );
}

function useStore(editor: Editor | null, source: TrackSession | null): QualityStore | null {
  const session = editor?.session ?? null;
  const sourceId = editor?.track.sourceTrackId ?? null;
  const { answer } = useReport(editor?.track.id ?? null);
  const [made, setMade] = useState<{ of: TrackSession; source: TrackSession | null }>();
  const [store, setStore] = useState<QualityStore | null>(null);
  // A translation is judged beside its source, unless that is gone.
  const ready = session && answer && (sourceId === null || source || sourceIsGone(editor));
  if (ready && (made?.of !== session || made.source !== source)) {
    setMade({ of: session, source });
    setStore(storeOf(session, source, answer));
  }
  const current = store?.session === session ? store : null;
  useEffect(() => current?.begin(), [current]);
  return current;
}

const sourceIsGone = (editor: Editor | null) =>
  !editor?.tracks.some(({ id }) => id === editor.track.sourceTrackId);

function storeOf(
  session: TrackSession,
  source: TrackSession | null,
  answer: TrackReportView,
): QualityStore {
  const { evidence, profile, report, revision } = answer;
  const { document, queue } = session;
  const fresh = document.revision === revision && queue.getState().unsent === 0;
  return new QualityStore({
    ...{ session, source },
    rules: {
      ...{ evidence, profile },
      language: report.language,
      ...(source && { sourceLanguage: source.language }),
    },
    initial: fresh ? report.findings : undefined,
  });
}

/** What people have decided to leave, as they decide it. */
function Ignored({ editor, store }: { editor: Editor; store: QualityStore }) {
  const { trackId } = editor.session;
  const { ignored } = useIgnored(trackId);
  useTrackChanged(editor.session, (what) => {
    if (what === "ignored") void mutate(ignoredKey(trackId));
  });
  const known = useMemo(() => ignored ?? [], [ignored]);
  useEffect(() => store.setIgnored(known), [store, known]);
  return null;
}
