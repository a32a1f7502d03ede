"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { toast } from "@/components/ui/toaster";
import { type Repairs, useRepairs } from "@/lib/client/use-report";
import { useTrack } from "@/lib/client/use-track";
import { assessTrack, proposeRepair } from "@/lib/subtitles/quality";
import type { Finding, QualityReport, Severity } from "@/lib/subtitles/quality/types";
import type { TrackReportView, TrackView } from "@/lib/tracks/schema";
import { groupFindings, type RepairSet } from "./finding-groups";
import { FindingsPanel } from "./findings-panel";
import { RepairBar } from "./repair-bar";
import { RepairDialog } from "./repair-dialog";
import { ReportFigures } from "./report-figures";
import { useFindingKeys } from "./use-finding-keys";

/** Answers of the server are asked for again once repairs have rested for so long, in ms. */
const confirmAfterMs = 800;

interface LiveReportProps {
  track: TrackView;
  answer: TrackReportView;
  reload: () => void;
}

/** The report of the track as it is now: judged again with every repair, here and on the server. */
export function LiveReport({ track, answer, reload }: LiveReportProps) {
  const t = useTranslations("report.repair");
  const repairs = useRepairs(track);
  const { cues } = repairs.state;
  const { evidence, profile } = answer;
  const report = useLiveReport(track, answer, repairs);
  useConfirmation(answer, repairs, reload);
  useClashNotice(repairs);
  const [severity, setSeverity] = useState<Severity | null>(null);
  const [batch, setBatch] = useState<RepairSet | null>(null);
  const groups = useMemo(() => groupFindings(report.findings, severity), [report, severity]);
  const context = useMemo(
    () => ({ cues, evidence, profile, language: track.language }),
    [cues, evidence, profile, track.language],
  );
  const repair = (finding: Finding): boolean => {
    const operation = proposeRepair(finding, context);
    if (operation && repairs.apply(operation)) return true;
    toast.info(t("nothing"));
    return false;
  };
  const step = (kind: "undo" | "redo") => {
    if (repairs[kind]()) toast.success(t(kind === "undo" ? "undone" : "redone"));
  };
  const list = useFindingKeys(groups, {
    onApply: repair,
    onUndo: () => step("undo"),
    onRedo: () => step("redo"),
    idle: batch !== null,
  });
  return (
    <div className="flex flex-col gap-4">
      <ReportFigures report={report} evidence={evidence} />
      <FindingsPanel
        report={report}
        groups={groups}
        severity={severity}
        onSeverity={setSeverity}
        track={track}
        list={list}
        live={{ context, onApply: repair, onApplyAll: setBatch }}
      >
        <RepairBar repairs={repairs} onUndo={() => step("undo")} onRedo={() => step("redo")} />
      </FindingsPanel>
      {batch ? (
        <RepairDialog
          set={batch}
          context={context}
          report={report}
          onClose={() => setBatch(null)}
          onApply={(operation, count) => {
            if (repairs.apply(operation, count)) toast.success(t("done", { count }));
            setBatch(null);
          }}
        />
      ) : null}
    </div>
  );
}

/** The server's report while it is about these cues, else one worked out here. */
function useLiveReport(track: TrackView, answer: TrackReportView, { state }: Repairs) {
  const source = useTrack(track.sourceTrackId).track;
  const { cues } = state;
  const current = state.unsent === 0 && state.revision === answer.revision;
  return useMemo((): QualityReport => {
    if (current) return answer.report;
    return assessTrack({
      cues,
      evidence: answer.evidence,
      profile: answer.profile,
      language: track.language,
      ...(source && { source: { language: source.language, cues: source.cues } }),
    });
  }, [current, answer, cues, track.language, source]);
}

/** Asks the server for its own judgement once everything has arrived there. */
function useConfirmation(answer: TrackReportView, { state }: Repairs, reload: () => void): void {
  const { revision, unsent } = state;
  const ask = useEffectEvent(reload);
  useEffect(() => {
    if (unsent > 0 || revision === answer.revision) return;
    const timer = setTimeout(() => ask(), confirmAfterMs);
    return () => clearTimeout(timer);
  }, [revision, unsent, answer.revision]);
}

function useClashNotice({ state }: Repairs): void {
  const t = useTranslations("report.repair");
  const told = useRef(state.clashes);
  useEffect(() => {
    if (state.clashes > told.current) toast.warning(t("clash"));
    told.current = state.clashes;
  }, [state.clashes, t]);
}
