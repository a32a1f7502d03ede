"use client";

import useSWR, { mutate } from "swr";
import type { SpeakerView, UpdateSpeakerInput } from "@/lib/speakers/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const speakersPath = (videoId: string) => `/api/v1/videos/${encodeURIComponent(videoId)}/speakers`;

/** The speakers of a video, read again when the person comes back to the tab. */
export function useSpeakers(videoId: string | null) {
  const answer = useSWR<{ speakers: SpeakerView[] }, ApiError>(
    videoId === null ? null : speakersPath(videoId),
    swrOptions,
  );
  return { speakers: answer.data?.speakers, error: answer.error, reload: () => answer.mutate() };
}

/** Reads them again: subtitles that have just been made may bring new ones. */
export function rereadSpeakers(videoId: string): void {
  void mutate(speakersPath(videoId));
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
