"use client";

import useSWR, { mutate } from "swr";
import type { OwnProfileChange, OwnProfileInput, OwnProfileView } from "@/lib/profiles/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const root = "/api/v1/profiles";
const at = (id: string) => `${root}/${encodeURIComponent(id)}`;

interface ProfilesAnswer {
  profiles: OwnProfileView[];
}

/** The person's own rules for subtitles. */
export function useProfiles() {
  const { data, error, mutate: reload } = useSWR<ProfilesAnswer, ApiError>(root, swrOptions);
  return { profiles: data?.profiles, error, reload: () => void reload() };
}

const keep = (change: (profiles: OwnProfileView[]) => OwnProfileView[]) =>
  mutate<ProfilesAnswer>(root, (answer) => answer && { profiles: change(answer.profiles) }, {
    revalidate: false,
  });

export async function addProfile(profile: OwnProfileInput): Promise<OwnProfileView> {
  const { profile: made } = await api<{ profile: OwnProfileView }>(root, { body: profile });
  await keep((profiles) => [...profiles, made]);
  return made;
}

export async function changeProfile(id: string, change: OwnProfileChange): Promise<void> {
  const { profile } = await api<{ profile: OwnProfileView }>(at(id), {
    method: "PATCH",
    body: change,
  });
  await keep((profiles) => profiles.map((each) => (each.id === id ? profile : each)));
}

export async function removeProfile(id: string): Promise<void> {
  await api(at(id), { method: "DELETE" });
  await keep((profiles) => profiles.filter((each) => each.id !== id));
}
