"use client";

import { Captions, CircleCheck, TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { TopUpOffer } from "@/components/jobs/price-summary";
import { ChoiceSummary } from "@/components/options/choice-summary";
import { OptionFields } from "@/components/options/option-fields";
import { OrderPrice } from "@/components/options/order-price";
import { type ChoiceState, useQuotedChoice } from "@/components/options/use-order-choice";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { routes } from "@/lib/client/routes";
import type { CaptionOrder, UploadItem } from "@/lib/client/uploader";
import { useCapabilities } from "@/lib/client/use-capabilities";
import { reloadJobOptions } from "@/lib/client/use-job-options";
import type { useUploads } from "@/lib/client/use-uploads";
import { AppError } from "@/lib/errors";
import { languageName } from "@/lib/speech/languages";

interface OrderPanelProps {
  item: UploadItem;
  /** Credits that the other files on the list will take. */
  pledged: number;
  commands: Pick<ReturnType<typeof useUploads>, "order" | "withdraw">;
}

/** What subtitles of this file cost, and the button that orders them. */
export function OrderPanel(props: OrderPanelProps) {
  const { videoId, phase } = props.item;
  if (videoId === null || phase === "checking" || phase === "failed") return null;
  return (
    <div className="basis-full pt-2 empty:hidden sm:pl-8">
      <OrderState {...props} videoId={videoId} />
    </div>
  );
}

function OrderState({ item, pledged, commands, videoId }: OrderPanelProps & { videoId: string }) {
  const t = useTranslations("studio.upload");
  const speech = useCapabilities()?.speech;
  const { phase, jobId, caption } = item;
  if (jobId !== null) {
    return (
      <Line icon={<CircleCheck className="text-success" />} text={t("making")}>
        <TextLink href={routes.job(jobId)}>{t("follow")}</TextLink>
      </Line>
    );
  }
  if (speech && !speech.available) return null;
  if (caption && phase !== "done") {
    return <Ordered item={item} onWithdraw={() => commands.withdraw(item.id)} />;
  }
  if (item.durationMs === null && phase !== "done") return <Line text={t("priceLater")} />;
  return <Offer item={item} videoId={videoId} pledged={pledged} order={commands.order} />;
}

interface LineProps {
  icon?: ReactNode;
  text: string;
  children?: ReactNode;
}

const Line = ({ icon, text, children }: LineProps) => (
  <div className="flex items-start gap-2 text-sm [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0">
    {icon}
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <p className="text-ink-muted tabular-nums">{text}</p>
      {children}
    </div>
  </div>
);

function Ordered({ item, onWithdraw }: { item: UploadItem; onWithdraw: () => Promise<void> }) {
  const t = useTranslations("studio.upload");
  const locale = useLocale();
  const fail = useFailure();
  const { language = "auto", options, maxCredits = null } = item.caption ?? {};
  const values = { language, name: languageName(language, locale), count: maxCredits ?? 0 };
  const translated = (options?.targets.length ?? 0) > 0;
  return (
    <Line
      icon={<Captions aria-hidden="true" className="text-accent" />}
      text={t(maxCredits === null ? "orderedFree" : "ordered", values)}
    >
      {options && translated ? <ChoiceSummary choice={{ language, options }} /> : null}
      <Button
        size="sm"
        variant="quiet"
        className="-my-1"
        onClick={() => void onWithdraw().catch(fail)}
      >
        {t("withdraw")}
      </Button>
    </Line>
  );
}

interface OfferProps {
  item: UploadItem;
  videoId: string;
  pledged: number;
  order: OrderPanelProps["commands"]["order"];
}

/** The choice of all new files or the file's own, its price, and the button. */
function Offer({ item, videoId, pledged, order }: OfferProps) {
  const t = useTranslations("studio.upload");
  const { caption } = item;
  const [initial] = useState(
    () => caption && { language: caption.language, options: caption.options },
  );
  const { state, quoted } = useQuotedChoice(
    { kind: "caption", videoId, initial: initial ?? undefined },
    pledged,
  );
  const { choice } = state;
  const { quote, settled } = quoted;
  const { pending, run } = useOrder(item, order, quoted.reload);
  return (
    <div className="flex max-w-md flex-col gap-3 rounded-base border p-3">
      {caption && item.phase === "done" ? (
        <Line
          icon={<TriangleAlert aria-hidden="true" className="text-warning" />}
          text={t("notStarted")}
        />
      ) : null}
      <OwnOptions item={item} state={state} />
      <OrderPrice {...quoted} />
      {pledged > 0 ? (
        <p className="text-ink-muted text-xs">{t("pledged", { count: pledged })}</p>
      ) : null}
      {quote && !quote.affordable ? (
        <TopUpOffer quote={quote} back={routes.video(videoId)} />
      ) : (
        <Button
          variant="accent"
          className="self-start max-sm:w-full"
          disabled={!settled}
          pending={pending}
          onClick={() => quote && run({ ...choice, maxCredits: quote.total })}
        >
          {quote ? t("makeFor", { count: quote.total }) : t("make")}
        </Button>
      )}
    </div>
  );
}

/** What this file is made with, and the fields to make it otherwise. */
function OwnOptions({ item, state }: { item: UploadItem; state: ChoiceState }) {
  const t = useTranslations("options.upload");
  const [open, setOpen] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3 text-sm">
        <ChoiceSummary choice={state.choice} className="min-w-0 font-medium" />
        <Button
          size="sm"
          variant="quiet"
          aria-expanded={open}
          aria-label={t("changeOf", { name: item.fileName })}
          onClick={() => setOpen(!open)}
        >
          {open ? t("close") : t("change")}
        </Button>
      </div>
      {open ? <OptionFields id={`upload-${item.id}`} kind="caption" state={state} /> : null}
    </div>
  );
}

/** Orders once at a time; a price that has changed meanwhile is read again. */
function useOrder(item: UploadItem, order: OfferProps["order"], reload: () => void) {
  const t = useTranslations("studio.upload");
  const [pending, setPending] = useState(false);
  const fail = useFailure();
  const run = (choice: CaptionOrder) => {
    if (pending) return;
    setPending(true);
    order(item.id, choice)
      .then(() => {
        void reloadJobOptions();
        if (item.phase === "done") toast.success(t("startedFor", { count: choice.maxCredits }));
      })
      .catch((error: unknown) => {
        fail(error);
        reload();
      })
      .finally(() => setPending(false));
  };
  return { pending, run };
}

function useFailure(): (error: unknown) => void {
  const errorText = useErrorText();
  return (error) => {
    const code = AppError.is(error)
      ? error.code
      : error instanceof TypeError
        ? "network"
        : "internal";
    toast.error(errorText(new ApiError(code)));
  };
}
