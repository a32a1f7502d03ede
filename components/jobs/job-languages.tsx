"use client";

import { Check, Circle, TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { ButtonLink } from "@/components/ui/link";
import { Panel, PanelHeader } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import { routes } from "@/lib/client/routes";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import { errorTitle } from "@/lib/errors";
import { isTriedAgain } from "@/lib/jobs/progress";
import type { JobLanguageView, JobView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import { targetName } from "@/lib/translation/targets";
import { RetryLanguagesButton } from "./job-actions";
import { languageCosts, mainCost, spokenTargets } from "./job-costs";

interface JobLanguagesProps {
  job: JobView;
  onChanged: (job: JobView) => void;
}

/** The languages of a job: each ends, is paid for and can be tried again by itself. */
export function JobLanguages({ job, onChanged }: JobLanguagesProps) {
  const t = useTranslations("studio.jobs.languages");
  const locale = useLocale();
  const spoken = spokenTargets(job);
  if (job.languages.length === 0 && spoken.length === 0) return null;
  // A job that failed or was cancelled is tried again as a whole.
  const failed = job.languages.filter(({ status }) => status === "failed");
  const retryable = job.status === "completed" ? failed.map(({ language }) => language) : [];
  return (
    <Panel>
      <PanelHeader title={t("title")} className="flex-wrap">
        {retryable.length > 1 ? (
          <RetryLanguagesButton job={job} languages={retryable} onChanged={onChanged} />
        ) : null}
      </PanelHeader>
      <ul>
        {job.languages.map((language) => (
          <LanguageRow
            key={language.language}
            job={job}
            language={language}
            onChanged={onChanged}
          />
        ))}
        {spoken.map((code) => (
          <li key={code} className="border-b px-4 py-3 text-ink-muted last:border-b-0">
            {t("same", { language: targetName(code, locale) })}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface LanguageRowProps extends JobLanguagesProps {
  language: JobLanguageView;
}

function LanguageRow({ job, language: view, onChanged }: LanguageRowProps) {
  const t = useTranslations("studio.jobs.languages");
  const locale = useLocale();
  const { language, status, trackId } = view;
  const name = targetName(language, locale);
  const ended = finalStatuses.includes(job.status);
  const running = status === "running" && !ended;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2.5 last:border-b-0">
      <LanguageSign status={status} running={running} />
      <div className="flex min-w-0 flex-1 flex-col">
        <p className={cn("font-medium", status === "pending" && "text-ink-muted")}>{name}</p>
        <LanguageState view={view} running={running} />
        <LanguageCost job={job} language={language} />
      </div>
      {running ? (
        <div className="flex w-40 items-center gap-2 max-sm:w-full">
          <Progress
            value={view.progress}
            label={t("progressOf", { language: name })}
            className="h-1 flex-1"
          />
          <span className="w-10 text-right text-ink-muted text-sm tabular-nums">
            {view.progress} %
          </span>
        </div>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        {trackId ? (
          <>
            <ButtonLink
              size="sm"
              variant="quiet"
              href={routes.report(trackId)}
              aria-label={t("reportOf", { language: name })}
            >
              {t("report")}
            </ButtonLink>
            <ButtonLink
              size="sm"
              href={routes.video(job.videoId, { track: trackId })}
              aria-label={t("openOf", { language: name })}
            >
              {t("open")}
            </ButtonLink>
          </>
        ) : null}
        {status === "failed" && job.status === "completed" ? (
          <RetryLanguagesButton job={job} languages={[language]} onChanged={onChanged} />
        ) : null}
      </div>
    </li>
  );
}

/** Where a language stands in words; of one that failed, why. */
function LanguageState({ view, running }: { view: JobLanguageView; running: boolean }) {
  const t = useTranslations("studio.jobs.languages");
  const locale = useLocale();
  const quantities = useQuantities();
  const { status, errorCode, startedAt, endedAt } = view;
  if (status === "failed") {
    return (
      <p className="text-danger text-sm">
        {errorCode ? errorTitle(errorCode, locale) : t("failed")}
      </p>
    );
  }
  if (status === "completed") {
    const tookMs = startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : 0;
    return (
      <p className="text-ink-muted text-sm tabular-nums">
        {t("done")}
        {tookMs > 0 ? ` · ${quantities.took(tookMs)}` : null}
      </p>
    );
  }
  if (running && isTriedAgain(view)) return <RetryState view={view} />;
  return <p className="text-ink-muted text-sm">{t(running ? "running" : "waiting")}</p>;
}

/** That a language is about to be tried again: why, and when where that is known. */
function RetryState({ view: { errorCode, retryAt } }: { view: JobLanguageView }) {
  const t = useTranslations("studio.jobs.languages");
  const locale = useLocale();
  const quantities = useQuantities();
  const nowMs = useNow(1_000);
  const leftMs = retryAt === null ? 0 : Date.parse(retryAt) - nowMs;
  return (
    <p className="text-sm text-warning tabular-nums">
      {errorCode ? `${errorTitle(errorCode, locale)} · ` : null}
      {leftMs > 0 ? t("againIn", { left: quantities.took(leftMs) }) : t("again")}
    </p>
  );
}

function LanguageCost({ job, language }: { job: JobView; language: string }) {
  const t = useTranslations("studio.jobs.languages");
  const main = mainCost(languageCosts(job, language));
  return main ? (
    <p className="text-ink-muted text-sm tabular-nums">{t(main.state, { count: main.amount })}</p>
  ) : null;
}

function LanguageSign({
  status,
  running,
}: {
  status: JobLanguageView["status"];
  running: boolean;
}) {
  if (running) return <Spinner className="text-accent" />;
  if (status === "completed") return <Check aria-hidden="true" className="size-4 text-success" />;
  if (status === "failed") {
    return <TriangleAlert aria-hidden="true" className="size-4 text-danger" />;
  }
  return <Circle aria-hidden="true" className="size-4 scale-50 text-ink-faint" />;
}
