"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog } from "@/components/ui/dialog";
import { ButtonLink } from "@/components/ui/link";
import { RequestError, useErrorText } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { routes, topUpFor } from "@/lib/client/routes";
import { useQuantities } from "@/lib/client/use-quantities";
import { extendRetention, useRetention } from "@/lib/client/use-retention";
import { newId } from "@/lib/ids";
import type { RetentionView, VideoView } from "@/lib/videos/schema";

type Days = RetentionView["choices"][number]["days"];

interface RetentionDialogProps {
  video: VideoView;
  onClose: () => void;
  onChanged: () => void;
}

/** Buys a video's files more time: what it costs, until when, and what is left afterwards. */
export function RetentionDialog({ video, onClose, onChanged }: RetentionDialogProps) {
  const t = useTranslations("studio.retention");
  const common = useTranslations("common");
  const { retention, error, reload } = useRetention(video.id);
  const [days, setDays] = useState<Days>(7);
  const buying = useBuying(video, { onChanged, onClose });
  const choice = retention?.choices.find((each) => each.days === days);
  const lacking = choice && retention ? choice.credits - retention.balance : 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          {lacking > 0 ? (
            <ButtonLink variant="primary" href={topUpFor(lacking, routes.video(video.id))}>
              {t("topUp")}
            </ButtonLink>
          ) : (
            <Button
              variant="primary"
              disabled={!choice}
              pending={buying.pending}
              onClick={() => buying.run(days)}
            >
              {t("buy", { credits: choice?.credits ?? 0 })}
            </Button>
          )}
        </>
      }
    >
      {error ? (
        <RequestError error={error} onRetry={reload} title={t("loadFailed")} />
      ) : retention ? (
        <>
          <Choices choices={retention.choices} value={days} onChange={setDays} />
          <p className={cn("pt-3 text-sm tabular-nums", lacking > 0 && "text-danger")}>
            {lacking > 0
              ? t("lacking", { credits: lacking })
              : t("balance", {
                  now: retention.balance,
                  after: retention.balance - (choice?.credits ?? 0),
                })}
          </p>
        </>
      ) : (
        <div className="flex flex-col gap-2 pt-2" aria-hidden="true">
          <Skeleton className="h-15" />
          <Skeleton className="h-15" />
          <Skeleton className="h-15" />
        </div>
      )}
    </Dialog>
  );
}

function useBuying(video: VideoView, after: { onChanged: () => void; onClose: () => void }) {
  const t = useTranslations("studio.retention");
  const quantities = useQuantities();
  const errorText = useErrorText();
  const [pending, setPending] = useState(false);
  // The same purchase however often the button is pressed or an answer is lost.
  const [key] = useState(newId);
  const run = async (days: Days) => {
    if (pending) return;
    setPending(true);
    try {
      const { expiresAt } = await extendRetention(video.id, days, `${key}-${days}`);
      toast.success(
        expiresAt ? t("doneUntil", { at: quantities.exactTime(expiresAt) }) : t("done"),
      );
      after.onChanged();
      after.onClose();
    } catch (error) {
      toast.error(errorText(error instanceof ApiError ? error : new ApiError("internal")));
    } finally {
      setPending(false);
    }
  };
  return { pending, run: (days: Days) => void run(days) };
}

interface ChoicesProps {
  choices: RetentionView["choices"];
  value: Days;
  onChange: (days: Days) => void;
}

function Choices({ choices, value, onChange }: ChoicesProps) {
  const t = useTranslations("studio.retention");
  const locale = useLocale();
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
  return (
    <fieldset className="flex flex-col gap-2 pt-2">
      <legend className="sr-only">{t("title")}</legend>
      {choices.map(({ days, credits, until }) => (
        <label
          key={days}
          className="relative flex cursor-pointer items-baseline gap-3 rounded-base border px-3.5 py-2.5 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="retention"
            checked={days === value}
            onChange={() => onChange(days)}
            className="translate-y-0.5 accent-accent"
          />
          <span className="flex min-w-0 flex-1 flex-col">
            <span className="font-medium">{t("days", { days })}</span>
            <span className="text-ink-muted text-sm">
              {t("until", { date: date.format(new Date(until)) })}
            </span>
          </span>
          <span className="tabular-nums">{t("price", { credits })}</span>
        </label>
      ))}
    </fieldset>
  );
}
