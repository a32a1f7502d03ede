"use client";

import { Check, CloudOff, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/ui/request-error";
import { Spinner } from "@/components/ui/spinner";
import type { EditQueue } from "@/lib/client/edits/edit-queue";

interface SaveStatusProps {
  queue: EditQueue;
  onConflicts: () => void;
}

/** Whether every edit has reached the server, and what to do when one hasn't. */
export function SaveStatus({ queue, onConflicts }: SaveStatusProps) {
  const t = useTranslations("studio.editor.save");
  const errorText = useErrorText();
  const state = useSyncExternalStore(queue.subscribe, queue.getState, queue.getState);
  const conflicts = state.conflicts.length;
  return (
    <div role="status" className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      {conflicts > 0 ? (
        <>
          <span className="inline-flex items-center gap-1.5 font-medium text-warning">
            <TriangleAlert aria-hidden="true" className="size-4" />
            {t("conflicts", { count: conflicts })}
          </span>
          <Button size="sm" onClick={onConflicts}>
            {t("choose")}
          </Button>
        </>
      ) : null}
      {state.status === "waiting" ? (
        <>
          <span className="inline-flex items-center gap-1.5 text-warning">
            <CloudOff aria-hidden="true" className="size-4" />
            {t("waiting", { count: state.unsent })}
          </span>
          <Button size="sm" onClick={queue.retry}>
            {t("now")}
          </Button>
        </>
      ) : null}
      {state.status === "stopped" ? (
        <>
          <span className="inline-flex items-center gap-1.5 text-danger">
            <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
            {t("stopped", { reason: state.error ? errorText(state.error) : "" })}
          </span>
          <Button size="sm" onClick={queue.retry}>
            {t("again")}
          </Button>
          {state.error?.code === "unauthenticated" ? null : (
            <Button size="sm" variant="quiet" onClick={queue.discardFailed}>
              {t("discard")}
            </Button>
          )}
        </>
      ) : null}
      {state.status === "sending" ? (
        <span className="inline-flex items-center gap-1.5 text-ink-muted">
          <Spinner className="size-3.5" />
          {t("sending")}
        </span>
      ) : null}
      {state.status === "idle" && conflicts === 0 ? (
        <span className="inline-flex items-center gap-1.5 text-ink-muted">
          <Check aria-hidden="true" className="size-4" />
          {t("saved")}
        </span>
      ) : null}
      {!state.durable && state.unsent > 0 ? (
        <span className="text-warning">{t("notDurable")}</span>
      ) : null}
    </div>
  );
}
