"use client";

import { RotateCcw } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
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
import { targetName } from "@/lib/translation/targets";
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

interface RetryJobButtonProps extends JobActionProps {
  /** Beside something louder. */
  quiet?: boolean;
}

/** Starts a job again from where it stopped, at the price that it shows. */
export function RetryJobButton({ job, onChanged, quiet = false }: RetryJobButtonProps) {
  const t = useTranslations("studio.jobs");
  const retry = useRetry(job, onChanged);
  const { quote, problem } = retry;
  if (problem) return <p className="text-ink-muted text-sm">{problem}</p>;
  if (quote && !quote.affordable) {
    return <TopUpOffer quote={quote} back={routes.job(job.id)} className="w-full" />;
  }
  return (
    <Button
      variant={quiet ? "secondary" : "primary"}
      disabled={!quote}
      pending={retry.pending}
      onClick={retry.run}
    >
      {retry.pending ? null : <RotateCcw aria-hidden="true" />}
      {quote && quote.total > 0 ? t("retryFor", { count: quote.total }) : t("retry")}
    </Button>
  );
}

interface RetryLanguagesProps extends JobActionProps {
  /** Languages that failed: one, or all of them. */
  languages: readonly string[];
}

/** Starts only these languages again, at the price that it shows. */
export function RetryLanguagesButton({ job, languages, onChanged }: RetryLanguagesProps) {
  const t = useTranslations("studio.jobs.languages");
  const locale = useLocale();
  const retry = useRetry(job, onChanged, languages);
  const { quote, problem } = retry;
  if (problem) return <p className="text-ink-muted text-sm">{problem}</p>;
  if (quote && !quote.affordable) {
    return <TopUpOffer quote={quote} back={routes.job(job.id)} className="w-full" />;
  }
  const count = quote?.total ?? 0;
  const [only] = languages;
  const all = languages.length > 1;
  const language = only ? targetName(only, locale) : "";
  return (
    <Button
      size="sm"
      disabled={!quote}
      pending={retry.pending}
      onClick={retry.run}
      aria-label={
        all ? undefined : count > 0 ? t("retryFor", { language, count }) : t("retry", { language })
      }
    >
      {retry.pending ? null : <RotateCcw aria-hidden="true" />}
      {all
        ? count > 0
          ? t("allFor", { count })
          : t("all")
        : count > 0
          ? t("retryShortFor", { count })
          : t("retryShort")}
    </Button>
  );
}

/** Another attempt: what it costs, why it can't be priced, and its start. */
function useRetry(job: JobView, onChanged: (job: JobView) => void, languages?: readonly string[]) {
  const errorText = useErrorText();
  const { quote, error, reload } = useQuote({
    videoId: job.videoId,
    jobId: job.id,
    ...(languages && { languages }),
  });
  const action = useAction(async (maxCredits: number) => {
    try {
      onChanged(await retryJob(job.id, maxCredits, languages));
    } catch (error) {
      reload();
      throw error;
    }
  });
  return {
    quote,
    problem: error ? errorText(error) : null,
    pending: action.pending,
    run: () => quote && action.run(quote.total),
  };
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
