"use client";

import { Receipt } from "lucide-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/link";
import { routes } from "@/lib/client/routes";
import type { JobView } from "@/lib/jobs/schema";

/** What a job holds, has been charged or was given back; nothing for one that cost nothing. */
export function useCreditsText(job: JobView): string | null {
  const t = useTranslations("studio.jobs.credits");
  const { held, captured, released } = job.credits;
  if (held > 0) return t("held", { count: held });
  if (captured > 0 && released > 0) return t("both", { captured, released });
  if (captured > 0) return t("captured", { count: captured });
  if (released > 0) return t("released", { count: released });
  return null;
}

/** The same with the way to the receipt. */
export function JobCredits({ job }: { job: JobView }) {
  const t = useTranslations("studio.jobs.credits");
  const text = useCreditsText(job);
  if (text === null) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 tabular-nums">
      <Receipt aria-hidden="true" className="size-4 text-ink-muted" />
      <span>{text}</span>
      <TextLink href={routes.receipt(job.id)}>{t("receipt")}</TextLink>
    </p>
  );
}
