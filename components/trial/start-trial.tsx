"use client";

import { useState } from "react";
import { FormMessage } from "@/components/account/form-message";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import type { Locale } from "@/lib/accounts/schema";
import { ApiError, api } from "@/lib/client/api";
import { routes } from "@/lib/client/routes";
import { errorTitle } from "@/lib/errors";
import type { TrialView } from "@/lib/trial/schema";

interface StartTrialProps {
  /** What the button says. */
  start: string;
  locale: Locale;
  labels: { signUp: string; network: string };
}

/** Signs this browser in as a visitor and goes on to the upload, or to what was made before. */
export function StartTrial({ start, locale, labels }: StartTrialProps) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError>();
  const begin = async () => {
    setPending(true);
    setError(undefined);
    try {
      const { trial } = await api<{ trial: TrialView }>("/api/v1/trial", { method: "POST" });
      // A new page, so that nothing of whoever was here before stays in memory.
      window.location.assign(trial.videos > 0 ? routes.videos() : routes.upload());
    } catch (thrown) {
      setError(thrown instanceof ApiError ? thrown : new ApiError("network", { cause: thrown }));
      setPending(false);
    }
  };
  const full = error?.code === "trial_over" || error?.code === "trial_busy";
  return (
    <div className="flex flex-col items-start gap-4">
      {error ? (
        <FormMessage>
          {error.code === "network" ? labels.network : errorTitle(error.code, locale)}
        </FormMessage>
      ) : null}
      <div className="flex flex-wrap gap-2.5">
        {full ? null : (
          <Button variant="primary" size="lg" pending={pending} onClick={() => void begin()}>
            {start}
          </Button>
        )}
        <ButtonLink href={routes.signUp()} variant={full ? "primary" : "quiet"} size="lg">
          {labels.signUp}
        </ButtonLink>
      </div>
    </div>
  );
}
