"use client";

import { useDeferredValue, useMemo } from "react";
import useSWR from "swr";
import { api } from "@/lib/client/api";
import { sessionWork, trackPath } from "@/lib/client/open-sessions";
import { useCues } from "@/lib/client/use-track";
import type { Cue } from "@/lib/subtitles/model";
import {
  findMatches,
  type Replacement,
  replaceMatches,
  type Search,
  type SearchProblem,
} from "@/lib/subtitles/search";
import type { TrackView } from "@/lib/tracks/schema";
import { useEditor } from "../editor-context";
import { type FindState, type Place, placeKey, searchOf } from "./find-state";

/** A language that is searched. */
export interface SearchedTrack {
  id: string;
  language: string;
  cues: readonly Cue[];
  /** As it was read; undefined for the one that is open. */
  view: TrackView | undefined;
}

export interface Matches {
  /** The open language first. */
  tracks: readonly SearchedTrack[];
  places: readonly Place[];
  problem: SearchProblem | null;
  /** Other languages are on their way. */
  loading: boolean;
  /** They couldn't be read. */
  failed: boolean;
}

const none: readonly Place[] = [];

/** Everything that is found, as the tracks are now. */
export function useMatches(state: FindState): Matches {
  const { session, tracks } = useEditor();
  const cues = useDeferredValue(useCues(session));
  const search = useDeferredValue(useSearch(state));
  const others = tracks.filter(({ id }) => id !== session.trackId).map(({ id }) => id);
  const read = useSWR(
    state.open && state.everywhere && others.length > 0 ? ["find", ...others] : null,
    () => Promise.all(others.map((id) => api<{ track: TrackView }>(trackPath(id)))),
    { revalidateOnFocus: false },
  );
  const views = state.everywhere ? read.data : undefined;
  return useMemo(() => {
    const searched: SearchedTrack[] = [
      { id: session.trackId, language: session.language, cues, view: undefined },
      ...(views ?? []).map(({ track }) => ({
        id: track.id,
        language: track.language,
        cues: sessionWork(track.id)?.session.document.cues() ?? track.cues,
        view: track,
      })),
    ];
    const found = placesIn(searched, search);
    return {
      tracks: searched,
      ...found,
      loading: state.everywhere && read.isLoading,
      failed: read.error !== undefined,
    };
  }, [session, cues, search, views, state.everywhere, read.isLoading, read.error]);
}

function useSearch(state: FindState): Search {
  const { query, regex, matchCase, wholeWord } = state;
  return useMemo(
    () => ({ query, regex, matchCase, wholeWord, in: "text" as const }),
    [query, regex, matchCase, wholeWord],
  );
}

function placesIn(
  tracks: readonly SearchedTrack[],
  search: Search,
): { places: readonly Place[]; problem: SearchProblem | null } {
  const places: Place[] = [];
  for (const { id: trackId, cues } of tracks) {
    const found = findMatches(cues, search);
    if (!found.ok) return { places: none, problem: found.problem };
    for (const { cueId, matches } of found.cues) {
      for (const match of matches.keys()) places.push({ trackId, cueId, match });
    }
  }
  return { places, problem: null };
}

/** What replacing would make of a track, without the matches that are left out. */
export function changesIn(
  track: SearchedTrack,
  state: FindState,
  leftOut: ReadonlySet<string>,
): readonly Replacement[] {
  const replaced = replaceMatches({
    cues: track.cues,
    search: searchOf(state),
    template: state.template,
    choose: (cueId, match) => !leftOut.has(placeKey({ trackId: track.id, cueId, match })),
  });
  return replaced.ok ? replaced.changes : [];
}
