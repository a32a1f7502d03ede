"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import useSWR from "swr";
import type { EditResult, TrackReportView, TrackView, VersionView } from "@/lib/tracks/schema";
import { type ApiError, api } from "./api";
import { RepairSession, type RepairState } from "./repairs/repair-session";
import { swrOptions } from "./swr";

const trackPath = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}`;

function reportPath(trackId: string, version: number | null, file = "report"): string {
  const path = `${trackPath(trackId)}/${file}`;
  return version === null ? path : `${path}?version=${version}`;
}

/** How good a track is now, or was as a version. */
export function useReport(trackId: string | null, version: number | null = null) {
  const { data, error, mutate } = useSWR<TrackReportView, ApiError>(
    trackId === null ? null : reportPath(trackId, version),
    swrOptions,
  );
  return { answer: data, error, reload: () => mutate() };
}

/** Address of a report as a file. */
export const reportFileUrl = (trackId: string, version: number | null, format: "csv" | "json") =>
  reportPath(trackId, version, `report.${format}`);

/** The kept versions of a track, newest first. */
export function useVersions(trackId: string | null) {
  const { data, error, mutate } = useSWR<{ versions: VersionView[] }, ApiError>(
    trackId === null ? null : `${trackPath(trackId)}/versions`,
    swrOptions,
  );
  return { versions: data?.versions, error, reload: () => mutate() };
}

/** Makes the track what it was as that version; what it is now is kept as one, too. */
export const restoreVersion = (trackId: string, version: number): Promise<{ version: number }> =>
  api(`${trackPath(trackId)}/versions/${version}/restore`, { method: "POST", body: {} });

/** Sessions outlive their page, so that an undo is there after a look at the video. */
const sessions = new Map<string, RepairSession>();

function openRepairs(track: TrackView): RepairSession {
  const open = sessions.get(track.id);
  if (open) return open;
  for (const [id, session] of sessions) {
    if (session.getState().unsent === 0) sessions.delete(id);
  }
  const session = new RepairSession({
    trackId: track.id,
    track,
    send: (input) => api<EditResult>(`${trackPath(track.id)}/operations`, { body: input }),
    load: async () => (await api<{ track: TrackView }>(trackPath(track.id))).track,
  });
  sessions.set(track.id, session);
  return session;
}

export interface Repairs
  extends Pick<RepairSession, "apply" | "undo" | "redo" | "retry" | "discard"> {
  state: RepairState;
}

/** The repairs of a track in this tab, and how they stand. */
export function useRepairs(track: TrackView): Repairs {
  const [session] = useState(() => openRepairs(track));
  const state = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  useEffect(() => session.adopt(track), [session, track]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (session.getState().unsent > 0) event.preventDefault();
    };
    window.addEventListener("online", session.retry);
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("online", session.retry);
      window.removeEventListener("beforeunload", warn);
    };
  }, [session]);
  const { apply, undo, redo, retry, discard } = session;
  return { apply, undo, redo, retry, discard, state };
}
