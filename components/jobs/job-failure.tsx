"use client";

import { Copy, TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { TranscriptDialog } from "@/components/transcripts/transcript-dialog";
import { Button, IconButton } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { toast } from "@/components/ui/toaster";
import { routes } from "@/lib/client/routes";
import { type ErrorCode, errorTitle } from "@/lib/errors";
import type { JobView } from "@/lib/jobs/schema";
import { RetryJobButton } from "./job-actions";
import { useCreditsText } from "./job-credits";

/** The person's own options or text were at fault: another video wouldn't help. */
const optionErrors: ReadonlySet<ErrorCode> = new Set([
  "language_unsupported",
  "speakers_unavailable",
  "speech_rejected",
  "translation_language_unsupported",
  "translation_rejected",
  "translation_too_long",
]);
const textErrors: ReadonlySet<ErrorCode> = new Set(["transcript_empty", "transcript_mismatch"]);

/** What a person is to do next: one sentence and one button each. */
export type NextStep =
  | "retry"
  | "addCredits"
  | "otherChoice"
  | "otherText"
  | "otherFile"
  | "contact";

/** What helps a job that failed. */
function nextStepOf({ remedy, errorCode }: Pick<JobView, "remedy" | "errorCode">): NextStep {
  switch (remedy) {
    case "add_credits":
      return "addCredits";
    case "contact":
      return "contact";
    case "choose_other":
      if (errorCode && optionErrors.has(errorCode)) return "otherChoice";
      return errorCode && textErrors.has(errorCode) ? "otherText" : "otherFile";
    default:
      return "retry";
  }
}

interface JobFailureProps {
  job: JobView;
  onChanged: (job: JobView) => void;
  /**
   * Another job was ordered in place of this one. Without it the way leads to that job's page;
   * with it this stands on the video's page, beside the form that orders.
   */
  onOrdered?: (job: JobView) => void;
}

interface NextButtonProps extends Omit<JobFailureProps, "onOrdered"> {
  step: NextStep;
  onOrdered: JobFailureProps["onOrdered"] | undefined;
}

/** Why a job failed, where, and what to do now. */
export function JobFailure({ job, onChanged, onOrdered }: JobFailureProps) {
  const t = useTranslations("studio.jobs");
  const locale = useLocale();
  const credits = useCreditsText(job);
  const step = nextStepOf(job);
  return (
    <div role="alert" className="flex gap-3 rounded-base bg-danger-soft p-4">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <div className="flex flex-col gap-1">
          <p className="font-semibold">{errorTitle(job.errorCode ?? "internal", locale)}</p>
          <p className="text-ink-muted">
            {job.failedStage
              ? t("failedAt", { stage: t(`stages.${job.failedStage}`) })
              : t("failedBefore")}{" "}
            {t(`next.${step}`)}
          </p>
          {credits === null ? null : <p className="tabular-nums">{credits}</p>}
          {step === "contact" ? <JobNumber jobId={job.id} /> : null}
        </div>
        <div className="flex flex-wrap gap-2">
          <NextButton step={step} {...{ job, onChanged, onOrdered }} />
        </div>
      </div>
    </div>
  );
}

function NextButton({ step, job, onChanged, onOrdered }: NextButtonProps) {
  const t = useTranslations("studio.jobs");
  switch (step) {
    case "otherFile":
      return (
        <ButtonLink variant="primary" href={routes.upload()}>
          {t("uploadOther")}
        </ButtonLink>
      );
    case "otherChoice":
      return onOrdered ? null : (
        <ButtonLink variant="primary" href={routes.video(job.videoId)}>
          {t(step)}
        </ButtonLink>
      );
    case "otherText":
      return <OtherTextButton videoId={job.videoId} onOrdered={onOrdered} />;
    // The retry asks for the credits that are lacking by itself.
    case "addCredits":
    case "retry":
      return <RetryJobButton job={job} onChanged={onChanged} />;
    case "contact":
      return <RetryJobButton job={job} onChanged={onChanged} quiet />;
  }
}

interface OtherTextButtonProps {
  videoId: string;
  onOrdered: ((job: JobView) => void) | undefined;
}

/** Opens the way that the first text came. */
function OtherTextButton({ videoId, onOrdered }: OtherTextButtonProps) {
  const t = useTranslations("studio.jobs");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        {t("otherText")}
      </Button>
      {open ? (
        <TranscriptDialog
          videoId={videoId}
          onClose={() => setOpen(false)}
          onOrdered={onOrdered ?? (({ id }) => router.push(routes.job(id)))}
        />
      ) : null}
    </>
  );
}

/** What an operator finds the job by. */
function JobNumber({ jobId }: { jobId: string }) {
  const t = useTranslations("studio.jobs");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(jobId);
      toast.success(t("copied"));
    } catch {
      // Without a secure context there is no clipboard; the number can still be selected.
      toast.error(t("copyFailed"));
    }
  };
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-ink-muted text-sm">
      {t("jobNumber")}
      <code className="select-all break-all font-mono text-xs">{jobId}</code>
      <IconButton size="sm" label={t("copyNumber")} onClick={() => void copy()}>
        <Copy aria-hidden="true" />
      </IconButton>
    </p>
  );
}
