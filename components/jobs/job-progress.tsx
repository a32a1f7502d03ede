"use client";

import { Check, Circle, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import { msLeft } from "@/lib/jobs/progress";
import type { JobView, StageView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import { type Costs, mainCost, stageCosts } from "./job-costs";

/** How far a job is: the whole, the time left, and each stage with its time and its price. */
export function JobProgress({ job }: { job: JobView }) {
  const t = useTranslations("studio.jobs");
  const running = !finalStatuses.includes(job.status);
  const leftText = useLeftText(job, running);
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
          <Stage
            key={stage.stage}
            stage={stage}
            costs={stageCosts(job, stage.stage)}
            stopped={!running}
            complete={job.status === "completed"}
          />
        ))}
      </ol>
    </div>
  );
}

/** The time left, or, before it starts, the time it takes by measured speed. */
function useLeftText(job: JobView, running: boolean): string {
  const t = useTranslations("studio.jobs");
  const quantities = useQuantities();
  const nowMs = useNow(1_000, running);
  if (job.status === "pending") {
    if (job.estimateMs === null) return t("waiting");
    return `${t("waiting")} · ${t("estimate", { took: quantities.took(job.estimateMs) })}`;
  }
  const left = running ? msLeft(job, nowMs) : undefined;
  return left === undefined ? t("estimating") : quantities.timeLeft(left);
}

function toneOf({ status }: JobView) {
  if (status === "completed") return "success";
  return status === "failed" ? "danger" : "accent";
}

interface StageProps {
  stage: StageView;
  costs: Costs;
  /** The job has ended. */
  stopped: boolean;
  complete: boolean;
}

function Stage({ stage, costs, stopped, complete }: StageProps) {
  const t = useTranslations("studio.jobs");
  const { status, progress } = stage;
  const running = status === "running" && !stopped;
  // A job that is complete went on without it.
  const without = status === "failed" && complete;
  return (
    <li className="grid min-h-10 grid-cols-[1.25rem_minmax(5rem,1fr)_minmax(3rem,2fr)_auto] items-center gap-3 border-b py-1.5 last:border-b-0">
      <StageSign stage={stage} running={running} />
      <span className={cn(status === "pending" && "text-ink-faint", running && "font-medium")}>
        {t(`stages.${stage.stage}`)}
        <span className="sr-only">, {t(`stageStatus.${status}`)}</span>
      </span>
      {status === "pending" ? (
        <span />
      ) : without ? (
        <span className="text-ink-muted text-sm">{t("without")}</span>
      ) : (
        <Progress
          value={status === "completed" ? 100 : progress}
          label={t(`stages.${stage.stage}`)}
          tone={status === "completed" ? "success" : status === "failed" ? "danger" : "accent"}
          className="h-1"
        />
      )}
      <span className="flex min-w-18 flex-col items-end text-ink-muted text-sm tabular-nums sm:flex-row-reverse sm:items-baseline sm:gap-3">
        <StageTime stage={stage} stopped={stopped} />
        <StageCost costs={costs} />
      </span>
    </li>
  );
}

function StageTime({ stage, stopped }: Pick<StageProps, "stage" | "stopped">) {
  const { status, progress, startedAt, endedAt, estimateMs } = stage;
  const t = useTranslations("studio.jobs");
  const quantities = useQuantities();
  const tookMs = startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : 0;
  const text =
    status === "completed"
      ? tookMs > 0
        ? quantities.took(tookMs)
        : t("stageStatus.completed")
      : status === "pending"
        ? estimateMs && !stopped
          ? `~ ${quantities.took(estimateMs)}`
          : null
        : `${progress} %`;
  return text === null ? null : (
    <span className={cn("sm:min-w-16 sm:text-right", status === "pending" && "text-ink-faint")}>
      {text}
    </span>
  );
}

function StageCost({ costs }: { costs: Costs }) {
  const t = useTranslations("studio.jobs.cost");
  const main = mainCost(costs);
  return main ? <span>{t(main.state, { count: main.amount })}</span> : null;
}

function StageSign({ stage, running }: { stage: StageView; running: boolean }) {
  if (running) return <Spinner className="text-accent" />;
  if (stage.status === "completed") {
    return <Check aria-hidden="true" className="size-4 text-success" />;
  }
  if (stage.status === "failed") return <X aria-hidden="true" className="size-4 text-danger" />;
  return <Circle aria-hidden="true" className="size-4 scale-50 text-ink-faint" />;
}
