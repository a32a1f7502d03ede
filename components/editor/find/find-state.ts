import type { Search } from "@/lib/subtitles/search";

/** What the find panel is set to. */
export interface FindState {
  open: boolean;
  /** The line for the replacement shows. */
  replacing: boolean;
  query: string;
  template: string;
  regex: boolean;
  matchCase: boolean;
  wholeWord: boolean;
  /** In all languages of the video, not only in this one. */
  everywhere: boolean;
  /** Grows when the panel is asked for again and takes the focus. */
  asked: number;
}

export const noFind: FindState = {
  open: false,
  replacing: false,
  query: "",
  template: "",
  regex: false,
  matchCase: false,
  wholeWord: false,
  everywhere: false,
  asked: 0,
};

export const searchOf = ({ query, regex, matchCase, wholeWord }: FindState): Search => ({
  ...{ query, regex, matchCase, wholeWord },
  in: "text",
});

/** One match in one track. */
export interface Place {
  trackId: string;
  cueId: string;
  /** Which of the cue's matches, from 0. */
  match: number;
}

export const placeKey = ({ trackId, cueId, match }: Place): string =>
  `${trackId}:${cueId}:${match}`;

/**
 * The match to go to. From a match to the next one; else from the chosen cue on; at the end it
 * begins again. `order`: where each cue stands.
 */
export function nextPlace(options: {
  places: readonly Place[];
  current: Place | null;
  cueId: string | null;
  order: ReadonlyMap<string, number>;
  step: 1 | -1;
}): Place | undefined {
  const { places, current, cueId, order, step } = options;
  const count = places.length;
  if (count === 0) return undefined;
  const at = current ? places.findIndex((place) => placeKey(place) === placeKey(current)) : -1;
  // Whoever has gone elsewhere since goes on from there.
  if (at >= 0 && (cueId === null || current?.cueId === cueId)) {
    return places[(at + step + count) % count];
  }
  const from = cueId === null ? -1 : (order.get(cueId) ?? -1);
  const stands = (place: Place) => order.get(place.cueId) ?? 0;
  if (step === 1) return places.find((place) => stands(place) >= from) ?? places[0];
  return places.findLast((place) => stands(place) <= from) ?? places.at(-1);
}
