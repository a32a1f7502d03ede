"use client";

import type { ProviderId } from "@/lib/auth/schema";
import { ProviderMark } from "./provider-mark";
import { SubmitButton } from "./submit-button";

export interface ProviderButtonsProps {
  /** Between the form's own button and these. */
  divider: string;
  buttons: { provider: ProviderId; label: string }[];
}

/**
 * The identity providers, as further buttons of a form: "keep me logged in" counts for them too.
 * Neutral buttons with the provider's mark, as white on Naver's green would miss AA.
 */
export function ProviderButtons({ divider, buttons }: ProviderButtonsProps) {
  return (
    <div className="flex flex-col gap-2.5">
      <p className="mb-1 flex items-center gap-3 text-ink-muted text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {divider}
      </p>
      {buttons.map(({ provider, label }) => (
        <SubmitButton key={provider} variant="secondary" provider={provider}>
          <ProviderMark provider={provider} />
          {label}
        </SubmitButton>
      ))}
    </div>
  );
}
