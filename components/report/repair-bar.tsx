"use client";

import { Check, CloudOff, Redo2, TriangleAlert, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, IconButton } from "@/components/ui/button";
import { useErrorText } from "@/components/ui/request-error";
import { Spinner } from "@/components/ui/spinner";
import { Tooltip } from "@/components/ui/tooltip";
import type { Repairs } from "@/lib/client/use-report";

interface RepairBarProps {
  repairs: Repairs;
  onUndo: () => void;
  onRedo: () => void;
}

/** Undo, redo, and whether everything has arrived. */
export function RepairBar({ repairs, onUndo, onRedo }: RepairBarProps) {
  const t = useTranslations("report.repair");
  const { undo, redo } = repairs.state;
  return (
    <>
      <SaveState repairs={repairs} />
      <div className="flex">
        <Tooltip content={t("undo")}>
          <IconButton size="sm" label={t("undo")} disabled={undo.length === 0} onClick={onUndo}>
            <Undo2 aria-hidden="true" />
          </IconButton>
        </Tooltip>
        <Tooltip content={t("redo")}>
          <IconButton size="sm" label={t("redo")} disabled={redo.length === 0} onClick={onRedo}>
            <Redo2 aria-hidden="true" />
          </IconButton>
        </Tooltip>
      </div>
    </>
  );
}

function SaveState({ repairs: { state, retry, discard } }: { repairs: Repairs }) {
  const t = useTranslations("report.save");
  const errorText = useErrorText();
  const { status, error, undo, redo } = state;
  // Before the first repair there is nothing to tell.
  if (status === "idle" && undo.length + redo.length === 0) return null;
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 text-sm">
      {status === "idle" ? (
        <span className="inline-flex items-center gap-1.5 text-ink-muted">
          <Check aria-hidden="true" className="size-4" />
          {t("saved")}
        </span>
      ) : null}
      {status === "sending" ? (
        <span className="inline-flex items-center gap-1.5 text-ink-muted">
          <Spinner className="size-3.5" />
          {t("sending")}
        </span>
      ) : null}
      {status === "waiting" ? (
        <>
          <span className="inline-flex items-center gap-1.5 text-warning">
            <CloudOff aria-hidden="true" className="size-4" />
            {t("waiting")}
          </span>
          <Button size="sm" onClick={retry}>
            {t("again")}
          </Button>
        </>
      ) : null}
      {status === "stopped" ? (
        <>
          <span className="inline-flex items-center gap-1.5 text-danger">
            <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
            {t("stopped", { reason: error ? errorText(error) : "" })}
          </span>
          <Button size="sm" onClick={retry}>
            {t("retry")}
          </Button>
          <Button size="sm" variant="quiet" onClick={discard}>
            {t("discard")}
          </Button>
        </>
      ) : null}
    </div>
  );
}
