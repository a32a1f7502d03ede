"use client";

import useSWR, { mutate } from "swr";
import type { SharedRole } from "@/lib/sharing/roles";
import type {
  AcceptedShare,
  CreateLinkInput,
  InviteInput,
  LinkView,
  PeopleView,
} from "@/lib/sharing/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const videoPath = (videoId: string) => `/api/v1/videos/${encodeURIComponent(videoId)}`;
export const peopleKey = (videoId: string) => `${videoPath(videoId)}/members`;
const linksKey = (videoId: string) => `${videoPath(videoId)}/links`;
const memberPath = (videoId: string, memberId: string) =>
  `${peopleKey(videoId)}/${encodeURIComponent(memberId)}`;

/** Who has a video; `null` asks for nothing. */
export function usePeople(videoId: string | null) {
  const {
    data,
    error,
    mutate: reread,
  } = useSWR<PeopleView, ApiError>(videoId === null ? null : peopleKey(videoId), swrOptions);
  return { people: data, error, reload: () => void reread() };
}

export async function invite(videoId: string, input: InviteInput): Promise<void> {
  await api(peopleKey(videoId), { body: input });
  await mutate(peopleKey(videoId));
}

/** `memberId`: an account's, or an invitation's. */
export async function changeRole(
  videoId: string,
  memberId: string,
  role: SharedRole,
): Promise<void> {
  await api(memberPath(videoId, memberId), { method: "PATCH", body: { role } });
  await mutate(peopleKey(videoId));
}

export async function removeMember(videoId: string, memberId: string): Promise<void> {
  await api(memberPath(videoId, memberId), { method: "DELETE" });
  await mutate(peopleKey(videoId));
}

/** One goes oneself: there is nothing to read again. */
export async function leaveVideo(videoId: string, ownId: string): Promise<void> {
  await api(memberPath(videoId, ownId), { method: "DELETE" });
}

/** The links of an own video; `null` asks for nothing. */
export function useLinks(videoId: string | null) {
  const {
    data,
    error,
    mutate: reread,
  } = useSWR<{ links: LinkView[] }, ApiError>(
    videoId === null ? null : linksKey(videoId),
    swrOptions,
  );
  return { links: data?.links, error, reload: () => void reread() };
}

/** The secret comes with the answer, this once. */
export async function createLink(
  videoId: string,
  input: CreateLinkInput,
): Promise<{ link: LinkView; token: string }> {
  const made = await api<{ link: LinkView; token: string }>(linksKey(videoId), { body: input });
  await mutate(linksKey(videoId));
  return made;
}

/** Closes it for everybody at once; who came by it is out, too. */
export async function revokeLink(videoId: string, linkId: string): Promise<void> {
  await api(`/api/v1/links/${encodeURIComponent(linkId)}`, { method: "DELETE" });
  await Promise.all([mutate(linksKey(videoId)), mutate(peopleKey(videoId))]);
}

/** Joins by a link whose secret one has. */
export async function acceptShare(token: string): Promise<AcceptedShare> {
  const { share } = await api<{ share: AcceptedShare }>("/api/v1/share/accept", {
    body: { token },
  });
  return share;
}
