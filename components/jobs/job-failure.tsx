"use client";

import { TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/link";
import { routes } from "@/lib/client/routes";
import { type ErrorCode, errorTitle } from "@/lib/errors";
import type { JobView } from "@/lib/jobs/schema";
import { RetryJobButton } from "./job-actions";
import { useCreditsText } from "./job-credits";

/** Trying again changes nothing here: the file itself must be another one. */
const needsOtherFile: ReadonlySet<ErrorCode> = new Set([
  "file_empty",
  "file_type_unsupported",
  "file_unreadable",
  "file_truncated",
  "video_stream_missing",
  "audio_stream_missing",
  "codec_unsupported",
  "video_limits_exceeded",
  "media_failed",
  "media_timeout",
]);

interface JobFailureProps {
  job: JobView;
  onChanged: (job: JobView) => void;
}

/** Why a job failed, where, and what to do now. */
export function JobFailure({ job, onChanged }: JobFailureProps) {
  const t = useTranslations("studio.jobs");
  const locale = useLocale();
  const code = job.errorCode ?? "internal";
  const credits = useCreditsText(job);
  const otherFile = needsOtherFile.has(code);
  return (
    <div role="alert" className="flex gap-3 rounded-base bg-danger-soft p-4">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <div className="flex flex-col gap-1">
          <p className="font-semibold">{errorTitle(code, locale)}</p>
          <p className="text-ink-muted">
            {job.failedStage
              ? t("failedAt", { stage: t(`stages.${job.failedStage}`) })
              : t("failedBefore")}{" "}
            {otherFile ? t("next.otherFile") : t("next.retry")}
          </p>
          {credits === null ? null : <p className="tabular-nums">{credits}</p>}
        </div>
        <div className="flex flex-wrap gap-2">
          {otherFile ? (
            <ButtonLink variant="primary" href={routes.upload()}>
              {t("uploadOther")}
            </ButtonLink>
          ) : (
            <RetryJobButton job={job} onChanged={onChanged} />
          )}
        </div>
      </div>
    </div>
  );
}
