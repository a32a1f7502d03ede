"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { ApiError, api } from "@/lib/client/api";
import { routes } from "@/lib/client/routes";

interface TourAgainProps {
  labels: Record<"again" | "ready" | "open" | "logIn" | "failed", string>;
}

type State = "idle" | "pending" | "ready" | "signed_out" | "failed";

/** Has the editor show its tour on the next visit, as on the first. */
export function TourAgain({ labels }: TourAgainProps) {
  const [state, setState] = useState<State>("idle");
  const ask = async () => {
    setState("pending");
    try {
      await api("/api/v1/me/editor-settings", { method: "PATCH", body: { tourDone: false } });
      setState("ready");
    } catch (error) {
      const signedOut = error instanceof ApiError && error.status === 401;
      setState(signedOut ? "signed_out" : "failed");
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      {state === "ready" ? (
        <ButtonLink href={routes.videos()}>{labels.open}</ButtonLink>
      ) : (
        <Button pending={state === "pending"} onClick={() => void ask()}>
          {labels.again}
        </Button>
      )}
      <p role="status" className="text-base text-ink-muted">
        {state === "ready" ? labels.ready : null}
        {state === "failed" ? labels.failed : null}
        {state === "signed_out" ? (
          <TextLink href={routes.login(routes.help())}>{labels.logIn}</TextLink>
        ) : null}
      </p>
    </div>
  );
}
