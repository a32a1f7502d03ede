"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { OpenConflict } from "@/lib/client/edits/edit-queue";
import { formatPreciseClock } from "@/lib/subtitles/time";

interface ConflictDialogProps {
  conflict: OpenConflict | undefined;
  startMs: number;
  language: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onKeep: (keep: "mine" | "theirs") => void;
}

/** Two people, or two tabs, wrote the same cue: shows both and asks. */
export function ConflictDialog({
  conflict,
  startMs,
  language,
  open,
  onOpenChange,
  onKeep,
}: ConflictDialogProps) {
  const t = useTranslations("studio.editor.conflict");
  const common = useTranslations("common");
  return (
    <Dialog
      open={open && conflict !== undefined}
      onOpenChange={onOpenChange}
      title={t("title")}
      description={t("description", { time: formatPreciseClock(startMs) })}
      closeLabel={common("close")}
      className="sm:max-w-lg"
      footer={
        <>
          <Button onClick={() => onKeep("theirs")}>{t("keepTheirs")}</Button>
          <Button variant="primary" onClick={() => onKeep("mine")}>
            {t("keepMine")}
          </Button>
        </>
      }
    >
      <dl className="grid gap-3 sm:grid-cols-2">
        <Version label={t("mine")} text={conflict?.yours ?? ""} language={language} />
        <Version label={t("theirs")} text={conflict?.theirs ?? ""} language={language} />
      </dl>
    </Dialog>
  );
}

function Version({ label, text, language }: { label: string; text: string; language: string }) {
  const t = useTranslations("studio.editor");
  return (
    <div className="flex flex-col gap-1">
      <dt className="font-medium text-ink-muted text-sm">{label}</dt>
      <dd
        lang={language}
        className="min-h-16 flex-1 whitespace-pre-line rounded-base border bg-surface px-3 py-2"
      >
        {text === "" ? <span className="text-ink-faint">{t("emptyText")}</span> : text}
      </dd>
    </div>
  );
}
