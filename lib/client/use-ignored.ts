"use client";

import useSWR, { mutate } from "swr";
import type { IgnoredView, IgnoreInput } from "@/lib/tracks/ignored-schema";
import { maxIgnoredAtOnce } from "@/lib/tracks/limits";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

interface IgnoredAnswer {
  ignored: IgnoredView[];
}

/** Where the ignored findings of a track are; read again when the track's stream says so. */
export const ignoredKey = (trackId: string) =>
  `/api/v1/tracks/${encodeURIComponent(trackId)}/ignored`;

/** What people have decided to leave as it is. */
export function useIgnored(trackId: string | null) {
  const {
    data,
    error,
    mutate: reread,
  } = useSWR<IgnoredAnswer, ApiError>(trackId === null ? null : ignoredKey(trackId), swrOptions);
  return { ignored: data?.ignored, error, reload: () => void reread() };
}

/** Leaves findings as they are, however many. */
export async function ignoreFindings(trackId: string, input: IgnoreInput): Promise<void> {
  const { findings, reason } = input;
  await inParts(findings, (part) =>
    send(trackId, { method: "PUT", body: { findings: part, reason } }),
  );
}

/** Takes that back. */
export async function heedFindings(trackId: string, keys: readonly string[]): Promise<void> {
  await inParts(keys, (part) => send(trackId, { method: "DELETE", body: { keys: part } }));
}

async function inParts<T>(all: readonly T[], send: (part: T[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += maxIgnoredAtOnce) {
    await send(all.slice(from, from + maxIgnoredAtOnce));
  }
}

async function send(trackId: string, request: Parameters<typeof api>[1]): Promise<void> {
  const answer = await api<IgnoredAnswer>(ignoredKey(trackId), request);
  await mutate(ignoredKey(trackId), answer, { revalidate: false });
}
