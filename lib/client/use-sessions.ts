"use client";

import useSWR, { mutate } from "swr";
import type { SessionView } from "@/lib/auth/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const root = "/api/v1/me/sessions";

/** Where the account is signed in: this one first, then by last use. */
export function useSessions() {
  const {
    data,
    error,
    mutate: reload,
  } = useSWR<{ sessions: SessionView[] }, ApiError>(root, swrOptions);
  return { sessions: data?.sessions, error, reload: () => reload() };
}

export const reloadSessions = () => mutate(root);

export async function endSession(sessionId: string): Promise<void> {
  await api(`${root}/${encodeURIComponent(sessionId)}`, { method: "DELETE" });
  await reloadSessions();
}

/** Ends all but the one that asks. */
export async function endOtherSessions(): Promise<void> {
  await api(root, { method: "DELETE" });
  await reloadSessions();
}
