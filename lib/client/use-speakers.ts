"use client";

import useSWR, { mutate } from "swr";
import { newId } from "@/lib/ids";
import type { SpeakerView, UpdateSpeakerInput } from "@/lib/speakers/schema";
import type { EditResult, EditTrackInput, TrackView } from "@/lib/tracks/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";
import type { TrackSession } from "./use-track";

const speakersPath = (videoId: string) => `/api/v1/videos/${encodeURIComponent(videoId)}/speakers`;
const trackPath = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}`;

/** The speakers of a video, read again when the person comes back to the tab. */
export function useSpeakers(videoId: string | null) {
  const answer = useSWR<{ speakers: SpeakerView[] }, ApiError>(
    videoId === null ? null : speakersPath(videoId),
    swrOptions,
  );
  return { speakers: answer.data?.speakers, error: answer.error, reload: () => answer.mutate() };
}

/**
 * Names or merges a speaker, and shows it everywhere.
 * @throws {ApiError} `edit_conflict` when it was renamed elsewhere meanwhile
 */
export async function changeSpeaker(
  videoId: string,
  key: string,
  change: UpdateSpeakerInput,
): Promise<void> {
  const path = speakersPath(videoId);
  try {
    const body = { method: "PATCH", body: change } as const;
    const answer = await api<{ speakers: SpeakerView[] }>(
      `${path}/${encodeURIComponent(key)}`,
      body,
    );
    await mutate(path, answer, { revalidate: false });
  } catch (error) {
    void mutate(path);
    throw error;
  }
}

/**
 * Adds somebody whom no engine told apart.
 * @throws {ApiError}
 */
export async function addSpeaker(videoId: string): Promise<SpeakerView> {
  const path = speakersPath(videoId);
  const { speaker } = await api<{ speaker: SpeakerView }>(path, { body: {} });
  await mutate<{ speakers: SpeakerView[] }>(path);
  return speaker;
}

/**
 * Says who speaks one cue: shown at once, taken back when it can't be stored.
 * @throws {ApiError}
 */
export async function setCueSpeaker(
  { trackId, document, queue }: TrackSession,
  cueId: string,
  speaker: string | null,
): Promise<void> {
  const was = document.cue(cueId)?.speaker ?? null;
  if (was === speaker) return;
  const operation = { kind: "setSpeaker", cueId, speaker } as const;
  document.applyServer(operation);
  try {
    const input: EditTrackInput = {
      clientOpId: newId(),
      baseRevision: queue.revision,
      operation,
    };
    await api<EditResult>(`${trackPath(trackId)}/operations`, { body: input });
  } catch (error) {
    document.applyServer({ kind: "setSpeaker", cueId, speaker: was });
    throw error;
  } finally {
    // What others did meanwhile comes along, and a choice made elsewhere shows.
    void mutate<{ track: TrackView }>(trackPath(trackId));
  }
}
