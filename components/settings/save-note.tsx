"use client";

import { Check, CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/ui/request-error";
import { Spinner } from "@/components/ui/spinner";
import type { SaveState } from "./use-saving";

/** How saving goes, in a few words; read aloud. */
export function SaveNote({ state }: { state: SaveState }) {
  const t = useTranslations("settings");
  const errorText = useErrorText();
  return (
    // Always in the page, so that a screen reader notices when it fills.
    <span role="status" className="inline-flex items-center gap-1.5 text-sm">
      {state.status === "saving" ? (
        <>
          <Spinner className="size-3.5 text-ink-muted" />
          <span className="text-ink-muted">{t("saving")}</span>
        </>
      ) : state.status === "saved" ? (
        <>
          <Check aria-hidden="true" className="size-3.5 text-success" />
          <span className="text-success">{t("saved")}</span>
        </>
      ) : state.status === "failed" ? (
        <>
          <CircleAlert aria-hidden="true" className="size-3.5 shrink-0 text-danger" />
          <span className="text-danger">{errorText(state.error)}</span>
        </>
      ) : null}
    </span>
  );
}
