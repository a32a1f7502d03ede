"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useQuantities } from "@/lib/client/use-quantities";
import type { JobView, LanguageStretch } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import { formatClock } from "@/lib/subtitles/time";
import { targetName } from "@/lib/translation/targets";

/** Language, engine, beginning and length: what the history needs to tell. */
export function JobFacts({ job }: { job: JobView }) {
  const t = useTranslations("studio.jobs");
  const quantities = useQuantities();
  const language = useLanguageFact(job);
  const asked = useAskedFact(job);
  const facts: [string, ReactNode][] = [
    [t("language"), language],
    [t("started"), quantities.exactTime(job.createdAt)],
  ];
  if (job.startedAt && job.endedAt) {
    const tookMs = Date.parse(job.endedAt) - Date.parse(job.startedAt);
    facts.push([t("took"), quantities.took(tookMs)]);
  }
  if (job.speechModel) facts.push([t("engine"), job.speechModel]);
  if (asked) facts.push([t("asked"), asked]);
  const stretches = job.languagePlan?.stretches ?? [];
  return (
    <div className="flex flex-col gap-2">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        {facts.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-ink-muted">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {stretches.length > 1 ? <Stretches stretches={stretches} /> : null}
    </div>
  );
}

function useLanguageFact(job: JobView): string {
  const t = useTranslations("studio.jobs");
  const locale = useLocale();
  if (job.language !== "auto") return targetName(job.language, locale);
  if (job.detectedLanguage === null) {
    return t(finalStatuses.includes(job.status) ? "auto" : "detecting");
  }
  return t("detected", { language: targetName(job.detectedLanguage, locale) });
}

/** What was chosen beside the languages, where it isn't the usual. */
function useAskedFact({ options }: JobView): string | null {
  const t = useTranslations("studio.jobs");
  const words = options.hints.length + options.corrections.length;
  const asked = [
    options.speakers === "off" ? null : t("askedSpeakers"),
    options.quality === "fast" ? t("askedFast") : null,
    options.quality === "best" ? t("askedBest") : null,
    words > 0 ? t("askedCorrections", { count: words }) : null,
  ].filter((each) => each !== null);
  return asked.length === 0 ? null : asked.join(" · ");
}

/** Where the spoken language changes. */
function Stretches({ stretches }: { stretches: readonly LanguageStretch[] }) {
  const t = useTranslations("studio.jobs.heard");
  const locale = useLocale();
  return (
    <details className="rounded-base bg-sunken px-3 py-2">
      <summary className="cursor-pointer text-ink-muted text-sm">
        {t("title")} · {t("show", { count: stretches.length - 1 })}
      </summary>
      <ol className="mt-2 grid max-h-48 grid-cols-[auto_1fr] gap-x-6 gap-y-1 overflow-y-auto tabular-nums">
        {stretches.map(({ startMs, endMs, language }) => (
          <li key={startMs} className="col-span-2 grid grid-cols-subgrid">
            <span className="text-ink-muted">
              {t("span", { from: formatClock(startMs), to: formatClock(endMs) })}
            </span>
            <span>{targetName(language, locale)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
