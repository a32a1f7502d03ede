"use client";

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { RepeatedGroup } from "@/components/editor/actions/repeated-group";
import { useEdits } from "@/components/editor/actions/use-edits";
import { useEditor, useSelection } from "@/components/editor/editor-context";
import { useStored } from "@/lib/client/use-stored";
import { setStyles } from "@/lib/subtitles/operations/editing";
import { type PictureSize, sameStyle, styleOf } from "@/lib/subtitles/style";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";
import { usePicture } from "./picture-view";
import { type StyleDraft, styleDraft } from "./style-draft";
import { type StyleProperty, stylesTogether } from "./styles-together";

/** What the fields are about: the whole language, or the chosen cues. */
export type StyleScope = "track" | "cues";

/** How the track, or what is chosen of it, looks, and how to change that. */
export interface Styling {
  scope: StyleScope;
  setScope: (scope: StyleScope) => void;
  /** How many cues are chosen. */
  chosen: number;
  picture: PictureSize;
  /** As it is shown, with what is being tried out. */
  style: SubtitleStyle;
  /** In what the chosen cues differ. */
  mixed: ReadonlySet<StyleProperty>;
  /** There is something to put back. */
  own: boolean;
  readOnly: boolean;
  /** Shows a change on the picture. */
  preview: (change: StyleOverrides) => void;
  /** Makes it, together with what was shown before. */
  commit: (change?: StyleOverrides) => void;
  /** Gives the whole look. */
  apply: (style: SubtitleStyle) => void;
  /** Back to the track's look, or to the usual one. */
  reset: () => void;
}

const isScope = (value: string): value is StyleScope => value === "track" || value === "cues";
const noCues: ReadonlySet<string> = new Set();

/** Ids of the chosen cues; the same set until they change. */
function useChosenIds(): ReadonlySet<string> {
  const range = useSelection((selection) => selection.range);
  const cueId = useSelection((selection) => selection.cueId);
  return useMemo(
    () => (range.size > 0 ? range : cueId === null ? noCues : new Set([cueId])),
    [range, cueId],
  );
}

/** The look that the style fields show. */
export function useStyling(): Styling {
  const { session, video, readOnly } = useEditor();
  const { document } = session;
  const picture = usePicture(video);
  const [wanted, setScope] = useStored("editor.styleScope", "track", isScope);
  const ids = useChosenIds();
  const scope = wanted === "cues" && ids.size > 0 ? "cues" : "track";
  const version = useSyncExternalStore(document.subscribeContent, () => document.version);
  const draft = useSyncExternalStore(styleDraft.subscribe, styleDraft.get);
  useEffect(() => () => styleDraft.set(null), []);

  const base = styleOf(document.style, undefined, picture);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cues are another version's
  const together = useMemo(
    () =>
      stylesTogether(
        [...ids].flatMap((id) => document.cue(id) ?? []),
        base,
      ),
    [ids, document, version, picture],
  );
  const shown = scope === "track" ? base : together.style;
  const changes = useChanges(scope, ids, base);
  return {
    ...{ scope, setScope, chosen: ids.size, picture, readOnly },
    style: draft ? { ...shown, ...draft.change } : shown,
    mixed: scope === "track" ? new Set() : together.mixed,
    own: scope === "track" ? document.style !== null : together.own.size > 0,
    ...changes,
  };
}

function useChanges(scope: StyleScope, ids: ReadonlySet<string>, base: SubtitleStyle) {
  const { session, readOnly } = useEditor();
  const edits = useEdits();
  const [groups] = useState(() => new RepeatedGroup());
  const cueIds = scope === "track" ? null : ids;

  const make = (change: StyleOverrides | null, about: ReadonlySet<string> | null) => {
    if (readOnly) return;
    const names = Object.keys(change ?? {}).join();
    const group = groups.next(`${names} ${[...(about ?? [])].slice(0, 50).join()}`, Date.now());
    if (about) {
      edits.make((now) => setStyles(now.session.document.cues(), about, change, base), {
        ...{ group, quiet: true },
      });
      return;
    }
    const style = change && { ...base, ...change };
    if (!sameStyle(style, session.document.style)) {
      session.edit({ kind: "setTrackStyle", style }, { group });
    }
  };

  return {
    preview: (change: StyleOverrides) => {
      const before = styleDraft.get();
      const same: StyleDraft = { change: { ...before?.change, ...change }, cueIds };
      if (!readOnly) styleDraft.set(same);
    },
    commit: (change: StyleOverrides = {}) => {
      const draft = styleDraft.get();
      const whole = { ...draft?.change, ...change };
      const about = draft ? draft.cueIds : cueIds;
      if (Object.keys(whole).length > 0) make(whole, about);
      styleDraft.set(null);
    },
    apply: (style: SubtitleStyle) => {
      styleDraft.set(null);
      make(style, cueIds);
    },
    reset: () => {
      styleDraft.set(null);
      make(null, cueIds);
    },
  };
}
