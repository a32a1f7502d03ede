"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { type FindingQueue, orderFindings, queueOf } from "@/components/quality/finding-queue";
import { LeftFindings } from "@/components/quality/left-findings";
import { toast } from "@/components/ui/toaster";
import { routes } from "@/lib/client/routes";
import { heedFindings, useIgnored } from "@/lib/client/use-ignored";
import {
  type TrackSession,
  useCues,
  useRevision,
  useSaveState,
  useTrack,
  useTrackSession,
} from "@/lib/client/use-track";
import { allows } from "@/lib/sharing/roles";
import type { Cue } from "@/lib/subtitles/model";
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
  const session = useTrackSession(track);
  const cues = useCues(session);
  const { evidence, profile } = answer;
  const whole = useLiveReport({ track, answer, session, cues });
  const { report, left } = useOpenReport(whole, session);
  useConfirmation(answer, session, reload);
  const [severity, setSeverity] = useState<Severity | null>(null);
  const [asked, setBatch] = useState<RepairSet | null>(null);
  const batch = useMemo(
    () => asked && { ...asked, skip: new Set(left.map(({ finding }) => finding.id)) },
    [asked, left],
  );
  const groups = useMemo(() => groupFindings(report.findings, severity), [report, severity]);
  const context = useMemo(
    () => ({ cues, evidence, profile, language: track.language }),
    [cues, evidence, profile, track.language],
  );
  const repair = (finding: Finding): boolean => {
    const operation = proposeRepair(finding, context);
    if (operation && session.edit(operation)) return true;
    toast.info(t("nothing"));
    return false;
  };
  const step = async (kind: "undo" | "redo") => {
    const result = await session[kind]();
    if (result.ok) toast.success(t(kind === "undo" ? "undone" : "redone"));
    else if (result.reason === "changed") {
      const skip = { label: t("skip"), onClick: () => session.history.passOver(kind) };
      toast.warning(t("changed"), { action: skip });
    } else if (result.reason === "unreachable") toast.error(t("unreachable"));
  };
  const list = useFindingKeys(groups, {
    onApply: repair,
    onUndo: () => void step("undo"),
    onRedo: () => void step("redo"),
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
        <RepairBar
          session={session}
          editorHref={routes.video(track.videoId, { track: track.id })}
          onUndo={() => void step("undo")}
          onRedo={() => void step("redo")}
        />
      </FindingsPanel>
      <LeftFindings
        left={left}
        onTakeBack={
          allows(track.role, "editor") ? (key) => heedFindings(track.id, [key]) : undefined
        }
      />
      {batch ? (
        <RepairDialog
          set={batch}
          context={context}
          report={report}
          onClose={() => setBatch(null)}
          onApply={(operation, count) => {
            if (session.edit(operation)) toast.success(t("done", { count }));
            setBatch(null);
          }}
        />
      ) : null}
    </div>
  );
}

/** What is open of a report, and what somebody has decided to leave. */
function useOpenReport(
  whole: QualityReport,
  { trackId, document }: TrackSession,
): { report: QualityReport; left: FindingQueue["left"] } {
  const { ignored } = useIgnored(trackId);
  return useMemo(() => {
    const ordered = orderFindings(whole.findings, (id) => document.cue(id));
    const { left } = queueOf(ordered, ignored ?? []);
    const ids = new Set(left.map(({ finding }) => finding.id));
    const findings = whole.findings.filter(({ id }) => !ids.has(id));
    const severities = { error: 0, warning: 0, info: 0 };
    for (const { severity } of findings) severities[severity] += 1;
    return { report: { ...whole, findings, severities }, left };
  }, [whole, ignored, document]);
}

interface LiveReportOptions {
  track: TrackView;
  answer: TrackReportView;
  session: TrackSession;
  cues: readonly Cue[];
}

/** The server's report while it is about these cues, else one worked out here. */
function useLiveReport({ track, answer, session, cues }: LiveReportOptions): QualityReport {
  const source = useTrack(track.sourceTrackId).track;
  const { unsent } = useSaveState(session);
  const current = useRevision(session) === answer.revision && unsent === 0;
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
function useConfirmation(answer: TrackReportView, session: TrackSession, reload: () => void): void {
  const revision = useRevision(session);
  const { unsent } = useSaveState(session);
  const ask = useEffectEvent(reload);
  useEffect(() => {
    if (unsent > 0 || revision === answer.revision) return;
    const timer = setTimeout(() => ask(), confirmAfterMs);
    return () => clearTimeout(timer);
  }, [revision, unsent, answer.revision]);
}
