"use client";

import NextLink from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Progress } from "@/components/ui/progress";
import { routes } from "@/lib/client/routes";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import { errorTitle } from "@/lib/errors";
import type { JobView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import { targetName } from "@/lib/translation/targets";
import { JobStatusBadge } from "./job-status";

/** Jobs, a row each; on a phone a card each. */
export function JobsTable({ jobs }: { jobs: readonly JobView[] }) {
  const t = useTranslations("studio.jobs");
  const nowMs = useNow(30_000);
  return (
    <table className="w-full text-left">
      <thead className="border-b text-ink-muted text-sm max-sm:sr-only">
        <tr className="[&>th]:h-9 [&>th]:px-4 [&>th]:font-medium">
          <th scope="col">{t("video")}</th>
          <th scope="col" className="w-36">
            {t("state")}
          </th>
          <th scope="col" className="w-56 max-md:hidden">
            {t("language")}
          </th>
          <th scope="col" className="w-36 max-md:hidden">
            {t("when")}
          </th>
          <th scope="col" className="w-28 text-right max-lg:hidden">
            {t("took")}
          </th>
          <th scope="col" className="w-28 text-right max-lg:hidden">
            {t("price")}
          </th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  );
}

function JobRow({ job, nowMs }: { job: JobView; nowMs: number }) {
  const t = useTranslations("studio.jobs");
  const locale = useLocale();
  const quantities = useQuantities();
  const languages = useLanguagesText(job);
  const price = usePriceText(job);
  const took =
    job.startedAt && job.endedAt
      ? quantities.took(Date.parse(job.endedAt) - Date.parse(job.startedAt))
      : null;
  return (
    <tr className="relative border-b last:border-b-0 hover:bg-hover [&>td]:px-4 [&>td]:py-3">
      <td className="align-top">
        <NextLink
          href={routes.job(job.id)}
          className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          {job.videoTitle}
        </NextLink>
        <p className="text-ink-muted text-sm">
          {t(`kind.${job.kind}`)}
          <span className="md:hidden"> · {languages}</span>
        </p>
        {job.status === "failed" ? (
          <p className="text-danger text-sm">{errorTitle(job.errorCode ?? "internal", locale)}</p>
        ) : null}
        <p className="text-ink-muted text-sm tabular-nums lg:hidden">
          <span className="md:hidden">{quantities.when(job.createdAt, nowMs)} · </span>
          {took ? `${took} · ` : null}
          <span className="whitespace-nowrap">
            {t("price")} {price}
          </span>
        </p>
      </td>
      <td className="align-top max-sm:w-28 max-sm:pl-0!">
        <JobState job={job} />
      </td>
      <td className="align-top text-ink-muted max-md:hidden">{languages}</td>
      <td className="whitespace-nowrap align-top text-ink-muted max-md:hidden">
        <time dateTime={job.createdAt} title={quantities.exactTime(job.createdAt)}>
          {quantities.when(job.createdAt, nowMs)}
        </time>
      </td>
      <td className="text-right align-top text-ink-muted tabular-nums max-lg:hidden">
        {took ?? "–"}
      </td>
      <td className="text-right align-top text-ink-muted tabular-nums max-lg:hidden">{price}</td>
    </tr>
  );
}

function JobState({ job }: { job: JobView }) {
  const t = useTranslations("studio.jobs");
  return (
    <div className="flex flex-col items-start gap-2 max-sm:items-end">
      <JobStatusBadge status={job.status} />
      {finalStatuses.includes(job.status) ? null : (
        <div className="flex w-full items-center gap-2">
          <Progress
            value={job.progress}
            label={t("progressOf", { title: job.videoTitle })}
            className="h-1 flex-1"
          />
          <span className="text-ink-muted text-xs tabular-nums">{job.progress} %</span>
        </div>
      )}
    </div>
  );
}

/** Languages that are named before the rest is counted. */
const namedLanguages = 3;

/** "Korean → English, Japanese": what is spoken and what it is translated into. */
function useLanguagesText(job: JobView): string {
  const t = useTranslations("studio.jobs");
  const locale = useLocale();
  const spoken = job.detectedLanguage ?? (job.language === "auto" ? null : job.language);
  const targets = job.languages.map(({ language }) => targetName(language, locale));
  const named = targets.slice(0, namedLanguages).join(", ");
  const left = targets.length - namedLanguages;
  const into = left > 0 ? t("andMore", { languages: named, count: left }) : named;
  const from = spoken ? targetName(spoken, locale) : t("auto");
  if (targets.length === 0) return from;
  return `${from} → ${into}`;
}

function usePriceText({ credits: { held, captured } }: JobView): string {
  const t = useTranslations("studio.jobs");
  if (held > 0) return t("priceHeld", { count: held });
  return captured > 0 ? t("priceOf", { count: captured }) : t("priceNone");
}
