"use client";

import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { useCallback, useMemo, useState } from "react";
import type { JobView } from "@/lib/jobs/schema";
import type { VideoTrack, VideoView } from "@/lib/videos/schema";

const parsers = { track: parseAsString, cue: parseAsString, ms: parseAsInteger };

/** Where a track opens: at a cue, or at a time of the video. */
export interface OpenAt {
  cueId: string | null;
  ms: number | null;
}

/** The tracks of a video, which of them is open (it is in the address), and where it opens. */
export function useOpenTrack(video: VideoView, job: JobView | null) {
  const [query, setQuery] = useQueryStates(parsers, { history: "replace" });
  const tracks = useMemo(() => withFresh(video.tracks, job), [video.tracks, job]);
  const track = tracks.find(({ id }) => id === query.track) ?? tracks[0] ?? null;
  const [openAt, setOpenAt] = useState<OpenAt>({ cueId: query.cue, ms: query.ms });
  /** The place belongs to the track that was asked for: another one starts where it is. */
  const open = useCallback(
    (trackId: string, cueId?: string) => {
      setOpenAt({ cueId: cueId ?? null, ms: null });
      void setQuery({ track: trackId, cue: null, ms: null });
    },
    [setQuery],
  );
  return { tracks, track, openAt, open };
}

/** Tracks that a running job has just stored come before the video is read again. */
export function withFresh(tracks: readonly VideoTrack[], job: JobView | null): VideoTrack[] {
  const known = new Set(tracks.map(({ id }) => id));
  const fresh = (job?.tracks ?? []).filter(({ id }) => !known.has(id));
  const translated = new Set(job?.languages.flatMap(({ trackId }) => trackId ?? []));
  const source = job?.tracks.find(({ id }) => !translated.has(id))?.id ?? job?.sourceTrackId;
  return [
    ...tracks,
    ...fresh.map(({ id, language }) => ({
      id,
      language,
      sourceTrackId: translated.has(id) ? (source ?? null) : null,
      updatedAt: job?.endedAt ?? job?.createdAt ?? "",
    })),
  ];
}
