"use client";

import { Check, CloudOff, Redo2, TriangleAlert, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ButtonLink } from "@/components/ui/link";
import { useErrorText } from "@/components/ui/request-error";
import { Spinner } from "@/components/ui/spinner";
import { Tooltip } from "@/components/ui/tooltip";
import { type TrackSession, useHistory, useSaveState } from "@/lib/client/use-track";

interface RepairBarProps {
  session: TrackSession;
  /** Where questions about edits are answered. */
  editorHref: string;
  onUndo: () => void;
  onRedo: () => void;
}

/** Undo, redo, and whether everything has arrived. */
export function RepairBar({ session, editorHref, onUndo, onRedo }: RepairBarProps) {
  const t = useTranslations("report.repair");
  const { canUndo, canRedo } = useHistory(session);
  return (
    <>
      <SaveState session={session} editorHref={editorHref} />
      <div className="hit-row flex">
        <Tooltip content={t("undo")}>
          <IconButton size="sm" label={t("undo")} disabled={!canUndo} onClick={onUndo}>
            <Undo2 aria-hidden="true" />
          </IconButton>
        </Tooltip>
        <Tooltip content={t("redo")}>
          <IconButton size="sm" label={t("redo")} disabled={!canRedo} onClick={onRedo}>
            <Redo2 aria-hidden="true" />
          </IconButton>
        </Tooltip>
      </div>
    </>
  );
}

function SaveState({ session, editorHref }: Pick<RepairBarProps, "session" | "editorHref">) {
  const t = useTranslations("report.save");
  const errorText = useErrorText();
  const { kind, error, conflicts } = useSaveState(session);
  const { canUndo, canRedo } = useHistory(session);
  // Before the first repair there is nothing to tell.
  if (kind === "saved" && !canUndo && !canRedo) return null;
  const retry = (label: string) => (
    <Button size="sm" onClick={session.queue.retry}>
      {label}
    </Button>
  );
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 text-sm">
      {kind === "saved" ? (
        <Line icon={<Check aria-hidden="true" className="size-4" />}>{t("saved")}</Line>
      ) : null}
      {kind === "saving" ? (
        <Line icon={<Spinner className="size-3.5" />}>{t("sending")}</Line>
      ) : null}
      {kind === "offline" ? (
        <>
          <Line className="text-warning" icon={<CloudOff aria-hidden="true" className="size-4" />}>
            {t("waiting")}
          </Line>
          {retry(t("again"))}
        </>
      ) : null}
      {kind === "conflict" ? (
        <>
          <Line className="text-warning" icon={<Alert />}>
            {t("conflicts", { count: conflicts.length })}
          </Line>
          <ButtonLink size="sm" href={editorHref}>
            {t("choose")}
          </ButtonLink>
        </>
      ) : null}
      {kind === "stopped" || kind === "signed_out" || kind === "read_only" ? (
        <>
          <Line className="text-danger" icon={<Alert />}>
            {t("stopped", { reason: error ? errorText(error) : "" })}
          </Line>
          {retry(t("retry"))}
        </>
      ) : null}
    </div>
  );
}

const Alert = () => <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />;

interface LineProps {
  icon: ReactNode;
  className?: string;
  children: ReactNode;
}

function Line({ icon, className, children }: LineProps) {
  return (
    <span className={cn("inline-flex items-center gap-1.5 text-ink-muted", className)}>
      {icon}
      {children}
    </span>
  );
}
