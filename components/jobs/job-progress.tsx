"use client";

import { Check, Circle, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import { msLeft } from "@/lib/jobs/progress";
import { finalStatuses, type JobView, type StageView } from "@/lib/jobs/schema";

/** How far a job is: the whole, the time left, and each stage. */
export function JobProgress({ job }: { job: JobView }) {
  const t = useTranslations("studio.jobs");
  const quantities = useQuantities();
  const running = !finalStatuses.includes(job.status);
  const nowMs = useNow(1_000, running);
  const left = running ? msLeft(job, nowMs) : undefined;
  const leftText =
    job.status === "pending"
      ? t("waiting")
      : left === undefined
        ? t("estimating")
        : quantities.timeLeft(left);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <p className="flex items-baseline justify-between gap-4">
          <span className="font-semibold text-2xl tabular-nums tracking-tight">
            {job.progress}
            <span className="ml-0.5 font-medium text-ink-muted text-lg">%</span>
          </span>
          {running ? (
            <span className="text-ink-muted tabular-nums">
              {job.cancelRequested ? t("cancelling") : leftText}
            </span>
          ) : null}
        </p>
        <Progress
          value={job.progress}
          label={t("overall")}
          valueText={running ? `${job.progress} %, ${leftText}` : `${job.progress} %`}
          tone={toneOf(job)}
          className="h-2"
        />
      </div>
      <ol className="flex flex-col">
        {job.stages.map((stage) => (
          <Stage key={stage.stage} stage={stage} stopped={!running} />
        ))}
      </ol>
    </div>
  );
}

function toneOf({ status }: JobView) {
  if (status === "completed") return "success";
  return status === "failed" ? "danger" : "accent";
}

function Stage({ stage, stopped }: { stage: StageView; stopped: boolean }) {
  const t = useTranslations("studio.jobs");
  const quantities = useQuantities();
  const { status, progress } = stage;
  const running = status === "running" && !stopped;
  const tookMs =
    stage.startedAt && stage.endedAt ? Date.parse(stage.endedAt) - Date.parse(stage.startedAt) : 0;
  return (
    <li className="grid min-h-10 grid-cols-[1.25rem_minmax(5rem,1fr)_minmax(4rem,2fr)_4.5rem] items-center gap-3 border-b last:border-b-0">
      <StageSign stage={stage} running={running} />
      <span className={cn(status === "pending" && "text-ink-faint", running && "font-medium")}>
        {t(`stages.${stage.stage}`)}
        <span className="sr-only">, {t(`stageStatus.${status}`)}</span>
      </span>
      {status === "pending" ? (
        <span />
      ) : (
        <Progress
          value={status === "completed" ? 100 : progress}
          label={t(`stages.${stage.stage}`)}
          tone={status === "completed" ? "success" : status === "failed" ? "danger" : "accent"}
          className="h-1"
        />
      )}
      <span className="text-right text-ink-muted text-sm tabular-nums">
        {status === "completed"
          ? tookMs > 0
            ? quantities.took(tookMs)
            : t("stageStatus.completed")
          : status === "pending"
            ? null
            : `${progress} %`}
      </span>
    </li>
  );
}

function StageSign({ stage, running }: { stage: StageView; running: boolean }) {
  if (running) return <Spinner className="text-accent" />;
  if (stage.status === "completed") {
    return <Check aria-hidden="true" className="size-4 text-success" />;
  }
  if (stage.status === "failed") return <X aria-hidden="true" className="size-4 text-danger" />;
  return <Circle aria-hidden="true" className="size-4 scale-50 text-ink-faint" />;
}
