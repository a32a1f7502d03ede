"use client";

import { CircleAlert, type LucideIcon, TriangleAlert, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ButtonLink } from "@/components/ui/link";
import { Spinner } from "@/components/ui/spinner";
import { routes } from "@/lib/client/routes";
import { useStored } from "@/lib/client/use-stored";
import { errorTitle } from "@/lib/errors";
import type { JobView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import { targetName } from "@/lib/translation/targets";

const anyText = (value: string): value is string => true;

/** What there is to know besides the cues: a job under way or failed. */
export function TrackNews({ job }: { job: JobView | null }) {
  const t = useTranslations("studio.tracks");
  const jobs = useTranslations("studio.jobs.kind");
  const locale = useLocale();
  // What was put away stays away: the attempt that it was about, in this browser.
  const [read, setRead] = useStored("news.read", "", anyText);
  if (!job) return null;
  const attempt = `${job.id}:${job.attempt}`;
  const ended = finalStatuses.includes(job.status);
  if (ended && read === attempt) return null;
  const open = (
    <>
      <ButtonLink size="sm" variant="quiet" href={routes.job(job.id)}>
        {t("workOpen")}
      </ButtonLink>
      {ended ? (
        <IconButton size="sm" label={t("close")} onClick={() => setRead(attempt)}>
          <X aria-hidden="true" />
        </IconButton>
      ) : null}
    </>
  );
  if (!ended) {
    return (
      <Line icon={Spinner} tone="accent" action={open}>
        {t("working", { kind: jobs(job.kind), percent: job.progress })}
      </Line>
    );
  }
  if (job.status === "failed") {
    const reason = errorTitle(job.errorCode ?? "internal", locale);
    return (
      <Line icon={CircleAlert} tone="danger" action={open}>
        {t("workFailed", { reason })}
      </Line>
    );
  }
  const failed = job.languages.filter(({ status }) => status === "failed");
  if (job.status === "cancelled" || failed.length === 0) return null;
  const languages = failed.map(({ language }) => targetName(language, locale)).join(", ");
  return (
    <Line icon={TriangleAlert} tone="warning" action={open}>
      {t("languagesFailed", { languages })}
    </Line>
  );
}

const tones = {
  accent: "text-accent",
  warning: "text-warning",
  danger: "text-danger",
} as const;

interface LineProps {
  icon: LucideIcon | typeof Spinner;
  tone: keyof typeof tones;
  action: ReactNode;
  children: ReactNode;
}

function Line({ icon: Icon, tone, action, children }: LineProps) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b bg-sunken py-1.5 pr-2 pl-4 text-sm"
    >
      <Icon aria-hidden="true" className={cn("size-4 shrink-0", tones[tone])} />
      <span className="min-w-0 flex-1 tabular-nums">{children}</span>
      <span className="flex items-center gap-1">{action}</span>
    </div>
  );
}
