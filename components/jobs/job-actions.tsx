"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { routes } from "@/lib/client/routes";
import { cancelJob, retryJob } from "@/lib/client/use-jobs";
import { useQuote } from "@/lib/client/use-quote";
import type { JobView } from "@/lib/jobs/schema";
import { TopUpOffer } from "./price-summary";

interface JobActionProps {
  job: JobView;
  /** The job has changed on the server. */
  onChanged: (job: JobView) => void;
}

/** Stops a job after asking. */
export function CancelJobButton({ job, onChanged }: JobActionProps) {
  const t = useTranslations("studio.jobs");
  const common = useTranslations("common");
  const [asking, setAsking] = useState(false);
  const action = useAction(async () => {
    onChanged(await cancelJob(job.id));
    setAsking(false);
  });
  return (
    <ConfirmDialog
      open={asking}
      onOpenChange={setAsking}
      title={t("cancelTitle")}
      description={t("cancelDescription")}
      cancelLabel={t("cancelKeep")}
      confirmLabel={t("cancelConfirm")}
      pending={action.pending}
      onConfirm={() => action.run()}
      trigger={
        <Button disabled={job.cancelRequested} pending={job.cancelRequested}>
          {job.cancelRequested ? t("cancelling") : common("cancel")}
        </Button>
      }
    />
  );
}

/** Starts a job again from where it stopped, at the price that it shows. */
export function RetryJobButton({ job, onChanged }: JobActionProps) {
  const t = useTranslations("studio.jobs");
  const errorText = useErrorText();
  const { quote, error, reload } = useQuote({ videoId: job.videoId, jobId: job.id });
  const action = useAction(async (maxCredits: number) => {
    try {
      onChanged(await retryJob(job.id, maxCredits));
    } catch (error) {
      reload();
      throw error;
    }
  });
  if (error) return <p className="text-ink-muted text-sm">{errorText(error)}</p>;
  if (quote && !quote.affordable) {
    return <TopUpOffer quote={quote} back={routes.job(job.id)} className="w-full" />;
  }
  return (
    <Button
      variant="primary"
      disabled={!quote}
      pending={action.pending}
      onClick={() => quote && action.run(quote.total)}
    >
      {action.pending ? null : <RotateCcw aria-hidden="true" />}
      {quote && quote.total > 0 ? t("retryFor", { count: quote.total }) : t("retry")}
    </Button>
  );
}

/** Runs one thing at a time and tells in a toast when it failed. */
export function useAction<Input extends unknown[] = []>(
  work: (...input: Input) => Promise<unknown>,
) {
  const [pending, setPending] = useState(false);
  const errorText = useErrorText();
  const run = (...input: Input) => {
    if (pending) return;
    setPending(true);
    work(...input)
      .catch((error: unknown) => {
        toast.error(errorText(error instanceof ApiError ? error : new ApiError("internal")));
      })
      .finally(() => setPending(false));
  };
  return { pending, run };
}
