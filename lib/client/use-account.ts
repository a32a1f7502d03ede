"use client";

import useSWR, { mutate } from "swr";
import type { AccountView, PhotoCrop, UpdateProfileInput } from "@/lib/accounts/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const root = "/api/v1/me";
/** Longest that leaving a page waits for a choice to be stored, in ms. */
const leaveWaitMs = 1_500;

interface AccountAnswer {
  account: AccountView;
}

/** The own account; `initial` is what the server rendered the page with. */
export function useAccount(initial: AccountView) {
  const { data } = useSWR<AccountAnswer, ApiError>(root, {
    ...swrOptions,
    fallbackData: { account: initial },
  });
  return newest(initial, data);
}

/**
 * The newest that this tab knows of somebody's account, asking nobody: for frames that every page
 * has. `shown` is what the server rendered.
 */
export function useKnownAccount<Part extends Pick<AccountView, "id">>(shown: Part): Part {
  const { data } = useSWR<AccountAnswer, ApiError>(root, null);
  return newest(shown, data);
}

/** The tab may remember the account that was logged in before this one. */
function newest<Part extends Pick<AccountView, "id">>(
  shown: Part,
  answer: AccountAnswer | undefined,
): Part {
  return answer?.account.id === shown.id ? { ...shown, ...answer.account } : shown;
}

const keep = (answer: AccountAnswer) => mutate(root, answer, { revalidate: false });

/** Changes what is given and leaves the rest; also where the page is left at once. */
export async function updateAccount(change: UpdateProfileInput): Promise<AccountView> {
  const request = { method: "PATCH", body: change, keepalive: true } as const;
  const answer = await api<AccountAnswer>(root, request);
  await keep(answer);
  return answer.account;
}

/**
 * Stores a choice that has already taken effect in this browser, so that other browsers get it
 * too. Never fails, and is over after 1.5 s whatever happens: nobody waits for it.
 */
export async function rememberChoice(
  change: Pick<UpdateProfileInput, "theme" | "locale">,
): Promise<void> {
  const stored = updateAccount(change).then(
    () => {},
    () => {},
  );
  await Promise.race([stored, new Promise<void>((done) => setTimeout(done, leaveWaitMs))]);
}

/** Sends the whole picture; the server cuts the square out. */
export async function putPhoto(photo: File, crop: PhotoCrop): Promise<void> {
  const form = new FormData();
  form.set("photo", photo);
  form.set("crop", JSON.stringify(crop));
  await keep(await api<AccountAnswer>(`${root}/photo`, { method: "PUT", body: form }));
}

export async function removePhoto(): Promise<void> {
  await keep(await api<AccountAnswer>(`${root}/photo`, { method: "DELETE" }));
}

/** Sends a mail to the new address; nothing changes before its link is opened. */
export async function requestEmailChange(email: string): Promise<void> {
  await api(`${root}/email`, { body: { email } });
}

/** Sets or changes the password. Every other sign-in ends. */
export async function setPassword(newPassword: string): Promise<void> {
  await api(`${root}/password`, { method: "PUT", body: { newPassword } });
}

/** Begins the deletion; every sign-in ends, this one too. */
export async function deleteAccount(confirmation: string): Promise<void> {
  await api(`${root}/deletion`, { body: { confirmation } });
}
