"use client";

import { Check, EyeOff, Wrench } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { CommandKeys } from "@/components/editor/keys/command-keys";
import { CueDiffs } from "@/components/report/cue-diff";
import { SeverityIcon } from "@/components/report/severity-icon";
import { useFindingText } from "@/components/report/use-finding-text";
import { Button } from "@/components/ui/button";
import { useCue } from "@/lib/client/use-track";
import { type CueDifference, changedCues } from "@/lib/subtitles/diff";
import { plainText } from "@/lib/subtitles/markup";
import { applyOperation } from "@/lib/subtitles/operations";
import { proposeRepair } from "@/lib/subtitles/quality";
import type { Finding } from "@/lib/subtitles/quality/types";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { QueuedFinding } from "./finding-queue";
import { IgnoreForm } from "./ignore-form";
import { useQuality, useQualityState } from "./quality-context";
import { useQualityActions } from "./use-quality-actions";

/** The finding that somebody is at: what is the matter, how it would be repaired, what to do. */
export function CurrentFinding({ queued }: { queued: QueuedFinding }) {
  const { session, language, readOnly } = useEditor();
  const t = useTranslations("quality");
  const groups = useTranslations("report.groups");
  const text = useFindingText();
  const { shown, asking } = useQualityState(useQuality());
  const { finding } = queued;
  const cue = useCue(session, finding.cueId ?? "");
  const place = shown.findIndex(({ key }) => key === queued.key) + 1;
  return (
    <section
      aria-label={t("current")}
      className="flex flex-col gap-2.5 rounded-base border border-line-strong p-3"
    >
      <div className="flex items-start gap-2">
        <SeverityIcon severity={finding.severity} className="mt-0.5" />
        <h3 className="flex-1 font-medium">{groups(finding.code)}</h3>
        <span className="text-ink-muted text-sm tabular-nums">
          {t("place", { place, count: shown.length })}
        </span>
      </div>
      <p>{text(finding)}</p>
      <p className="text-ink-muted text-sm">
        <span className="tabular-nums">{formatPreciseClock(finding.startMs)}</span>{" "}
        <span lang={language}>
          {cue ? plainText(cue.text).replaceAll("\n", " / ") : t("noCue")}
        </span>
      </p>
      {readOnly ? (
        <p className="text-ink-muted text-sm">{t("readOnly")}</p>
      ) : asking === "ignore" ? (
        <IgnoreForm key={queued.key} queued={queued} />
      ) : (
        <Choices queued={queued} />
      )}
    </section>
  );
}

function Choices({ queued }: { queued: QueuedFinding }) {
  const { language } = useEditor();
  const t = useTranslations("quality");
  const repairs = useTranslations("report.repairs");
  const store = useQuality();
  const { queue } = useQualityState(store);
  const actions = useQualityActions();
  const { finding } = queued;
  const changes = useChanges(finding);
  const alike = queue?.open.filter(
    (each) => each.finding.code === finding.code && each.finding.repair,
  );
  return (
    <>
      {finding.repair && changes.length > 0 ? (
        <div className="flex flex-col gap-1.5">
          <p className="text-sm">{repairs(finding.repair)}</p>
          <div className="[&_li]:sm:grid-cols-1 [&_svg]:sm:rotate-90">
            <CueDiffs changes={changes} language={language} />
          </div>
        </div>
      ) : (
        <p className="text-ink-muted text-sm">{t("nothingToFix")}</p>
      )}
      <div className="flex flex-wrap gap-1.5">
        {changes.length > 0 ? (
          <Button size="sm" variant="primary" onClick={actions.fix}>
            <Check aria-hidden="true" />
            {t(finding.repair === "restore" ? "restore" : "fix")}
            <CommandKeys id="quality.fix" className="border-canvas/25 bg-transparent text-canvas" />
          </Button>
        ) : null}
        <Button size="sm" onClick={() => actions.ask("ignore")}>
          <EyeOff aria-hidden="true" />
          {t("ignore")}
          <CommandKeys id="quality.ignore" />
        </Button>
        {alike && alike.length > 1 ? (
          <Button size="sm" onClick={() => actions.ask("fix-kind")}>
            <Wrench aria-hidden="true" />
            {t("fixKind", { count: alike.length })}
            <CommandKeys id="quality.fix-kind" />
          </Button>
        ) : null}
      </div>
    </>
  );
}

const none: readonly CueDifference[] = [];

/** How the repair would change the track as it is now. */
function useChanges(finding: Finding): readonly CueDifference[] {
  const { session } = useEditor();
  const store = useQuality();
  const cue = useCue(session, finding.cueId ?? "");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cue's own changes are what counts
  return useMemo(() => {
    if (!store || !finding.repair) return none;
    const cues = session.document.cues();
    const operation = proposeRepair(finding, { ...store.rules, cues });
    const applied = operation && applyOperation(cues, operation);
    return applied?.ok ? changedCues(cues, applied.cues) : none;
  }, [finding, store, session, cue]);
}
