"use client";

import useSWR, { mutate } from "swr";
import type {
  ProviderId,
  ReauthenticateInput,
  SecondFactorSetup,
  SignInMethods,
  StartProviderInput,
} from "@/lib/auth/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const root = "/api/v1/me/sign-in-methods";
const factor = "/api/v1/me/second-factor";

/** How the account can be opened. */
export function useSignInMethods() {
  const {
    data,
    error,
    mutate: reload,
  } = useSWR<{ methods: SignInMethods }, ApiError>(root, swrOptions);
  return { methods: data?.methods, error, reload: () => reload() };
}

export const reloadSignInMethods = () => mutate(root);

/**
 * Goes to an identity provider, which sends the person back to `next`. The page is being left when
 * this answers.
 */
export async function goToProvider(
  provider: ProviderId,
  input: Pick<StartProviderInput, "intent" | "next">,
): Promise<void> {
  const { url } = await api<{ url: string }>(`/api/v1/auth/providers/${provider}`, { body: input });
  window.location.assign(url);
}

export async function unlinkProvider(provider: ProviderId): Promise<void> {
  await api(`/api/v1/me/identities/${provider}`, { method: "DELETE" });
  await reloadSignInMethods();
}

/** Proves who it is; good for some minutes. */
export async function reauthenticate(input: ReauthenticateInput): Promise<void> {
  await api("/api/v1/auth/reauthenticate", { body: input });
}

/** A new secret; it counts for nothing until a code made from it is confirmed. */
export async function beginSecondFactor(): Promise<SecondFactorSetup> {
  return (await api<{ setup: SecondFactorSetup }>(factor, { method: "POST" })).setup;
}

/** Turns two-step verification on and answers the recovery codes, this once. */
export async function confirmSecondFactor(code: string): Promise<string[]> {
  const { recoveryCodes } = await api<{ recoveryCodes: string[] }>(`${factor}/confirm`, {
    body: { code },
  });
  // Not awaited: nothing may come between these codes and the person.
  void reloadSignInMethods();
  return recoveryCodes;
}

export async function removeSecondFactor(): Promise<void> {
  await api(factor, { method: "DELETE" });
  await reloadSignInMethods();
}

/** New recovery codes; the old ones stop working. */
export async function renewRecoveryCodes(): Promise<string[]> {
  const { recoveryCodes } = await api<{ recoveryCodes: string[] }>(`${factor}/recovery-codes`, {
    method: "POST",
  });
  void reloadSignInMethods();
  return recoveryCodes;
}
