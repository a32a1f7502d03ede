"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { changedCues } from "@/lib/subtitles/diff";
import type { EditOperation } from "@/lib/subtitles/operations";
import { assessTrack, repairAll } from "@/lib/subtitles/quality";
import type { QualityReport } from "@/lib/subtitles/quality/types";
import { CueDiffs } from "./cue-diff";
import type { RepairSet } from "./finding-groups";
import type { RepairContext } from "./finding-row";
import { useShare } from "./use-share";

/** So many are looked through; the rest is counted. */
const shownChanges = 50;

interface RepairDialogProps {
  set: RepairSet;
  context: RepairContext;
  /** Left out: how much better the track becomes isn't told. */
  report?: QualityReport;
  onClose: () => void;
  /** `count`: cues that change. */
  onApply: (operation: EditOperation, count: number) => void;
}

/** Many repairs at once: every change is seen before it is made, and all of them are one undo. */
export function RepairDialog({ set, context, report, onClose, onApply }: RepairDialogProps) {
  const t = useTranslations("report.repair");
  const common = useTranslations("common");
  const share = useShare();
  const { operation, changes, rulesKept } = useMemo(
    () => plan(context, set, report !== undefined),
    [context, set, report],
  );
  const count = changes.length;
  const left = count - shownChanges;
  const restores = set.kinds.every((kind) => kind === "restore");
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("allTitle")}
      description={
        count === 0 ? t("nothing") : restores ? undefined : t("allDescription", { count })
      }
      closeLabel={common("close")}
      className="sm:max-w-3xl"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          {operation ? (
            <Button variant="primary" onClick={() => onApply(operation, count)}>
              {restores ? t("restore") : t("applyCount", { count })}
            </Button>
          ) : null}
        </>
      }
    >
      {count === 0 ? null : (
        <div className="flex flex-col gap-3 pt-1">
          {report && rulesKept !== undefined && rulesKept > report.rulesKept ? (
            <p className="text-success tabular-nums">
              {t("rulesAfter", { before: share(report.rulesKept), after: share(rulesKept) })}
            </p>
          ) : null}
          <CueDiffs changes={changes.slice(0, shownChanges)} language={context.language} />
          {left > 0 ? (
            <p className="text-center text-ink-muted">{t("moreChanges", { count: left })}</p>
          ) : null}
        </div>
      )}
    </Dialog>
  );
}

function plan(context: RepairContext, set: RepairSet, judged: boolean) {
  const { operations, cues } = repairAll({ ...context, ...set });
  const changes = changedCues(context.cues, cues);
  const [only] = operations;
  const operation: EditOperation | undefined =
    changes.length === 0
      ? undefined
      : operations.length === 1
        ? only
        : { kind: "batch", operations };
  const rulesKept = judged ? assessTrack({ ...context, cues }).rulesKept : undefined;
  return { operation, changes, rulesKept };
}
