"use client";

import { ChevronDown, ChevronUp, CircleCheck, ListChecks } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEditor } from "@/components/editor/editor-context";
import { CommandKeys } from "@/components/editor/keys/command-keys";
import { CommandButton } from "@/components/editor/list/list-tools";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { Progress } from "@/components/ui/progress";
import { RequestError } from "@/components/ui/request-error";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { useReport } from "@/lib/client/use-report";
import type { FindingCode } from "@/lib/subtitles/quality/types";
import { CurrentFinding } from "./current-finding";
import { FindingList } from "./finding-list";
import { type FindingQueue, kindsOf } from "./finding-queue";
import { LeftFindings } from "./left-findings";
import { useQuality, useQualityState } from "./quality-context";
import { useQualityActions } from "./use-quality-actions";

/** What is the matter with the open track, to be worked through one by one. */
export function QualityPanel() {
  const { session, readOnly } = useEditor();
  const t = useTranslations("quality");
  const { heed } = useQualityActions();
  const state = useQualityState(useQuality());
  const { error, reload } = useReport(session.trackId);
  if (!state.queue) {
    if (!error) return <PanelSkeleton />;
    return (
      <RequestError
        error={error}
        title={t("loadFailed")}
        onRetry={() => void reload()}
        className="py-8"
      />
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <Head queue={state.queue} total={state.total} kind={state.kind} />
      {state.queue.open.length === 0 ? (
        <EmptyState
          icon={CircleCheck}
          title={t("done")}
          description={t("doneHint", { total: state.total })}
          className="py-8"
        />
      ) : (
        <>
          {state.current ? <CurrentFinding queued={state.current} /> : <Start />}
          <FindingList shown={state.shown} current={state.current} />
        </>
      )}
      <LeftFindings left={state.queue.left} onTakeBack={readOnly ? undefined : heed} />
    </div>
  );
}

interface HeadProps {
  queue: FindingQueue;
  total: number;
  kind: FindingCode | null;
}

function Head({ queue, total, kind }: HeadProps) {
  const t = useTranslations("quality");
  const left = queue.open.length;
  if (total === 0) return <ReportLink />;
  const said = t("progress", { total, left });
  const done = total === 0 ? 100 : ((total - left) / total) * 100;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <p className="font-medium tabular-nums">{said}</p>
        <div className="flex items-center gap-0.5">
          <CommandButton id="quality.previous" icon={ChevronUp} />
          <CommandButton id="quality.next" icon={ChevronDown} />
        </div>
      </div>
      <Progress
        value={done}
        label={t("progressLabel")}
        valueText={said}
        tone={left === 0 ? "success" : "accent"}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        {left > 0 ? <KindChoice queue={queue} kind={kind} /> : null}
        <ReportLink />
      </div>
    </div>
  );
}

function KindChoice({ queue, kind }: Pick<HeadProps, "queue" | "kind">) {
  const t = useTranslations("quality");
  const groups = useTranslations("report.groups");
  const store = useQuality();
  const all = { value: "all" as const, label: t("all", { count: queue.open.length }) };
  return (
    <Select<FindingCode | "all">
      label={t("kind")}
      size="sm"
      value={kind ?? "all"}
      onValueChange={(value) => store?.setKind(value === "all" ? null : value)}
      options={[
        all,
        ...kindsOf(queue.open).map(({ code, count }) => ({
          value: code,
          label: t("kindCount", { name: groups(code), count }),
        })),
      ]}
      className="min-w-0 max-w-56"
    />
  );
}

function ReportLink() {
  const { session } = useEditor();
  const t = useTranslations("quality");
  return (
    <ButtonLink href={routes.report(session.trackId)} variant="quiet" size="sm">
      {t("report")}
    </ButtonLink>
  );
}

function Start() {
  const t = useTranslations("quality");
  const { step } = useQualityActions();
  return (
    <div className="flex flex-col items-start gap-2 rounded-base bg-sunken p-3">
      <p className="text-ink-muted text-sm">{t("startHint")}</p>
      <Button variant="primary" size="sm" onClick={() => step(1)}>
        <ListChecks aria-hidden="true" />
        {t("start")}
        <CommandKeys id="quality.next" className="border-canvas/25 bg-transparent text-canvas" />
      </Button>
    </div>
  );
}

function PanelSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-3">
      <Skeleton className="h-7" />
      <Skeleton className="h-1.5" />
      <Skeleton className="h-36" />
      <Skeleton className="h-48" />
    </div>
  );
}
