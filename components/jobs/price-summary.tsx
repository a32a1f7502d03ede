"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { ButtonLink } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import { topUpFor } from "@/lib/client/routes";
import { useQuantities } from "@/lib/client/use-quantities";
import type { QuoteView } from "@/lib/credits/schema";
import { targetName } from "@/lib/translation/targets";

/** What something costs, line by line, and what is left afterwards. */
export function PriceSummary({ quote, className }: { quote: QuoteView; className?: string }) {
  const t = useTranslations("studio.quote");
  const component = useComponentName();
  const quantities = useQuantities();
  const { lines, total, balance, balanceAfter, affordable } = quote;
  return (
    <dl className={cn("flex flex-col gap-1 text-sm tabular-nums", className)}>
      {lines.map((line) => (
        <Line key={line.component} amount={t("credits", { count: line.amount })}>
          {component(line.component)}
          <span className="text-ink-muted"> · {quantities.took(line.units)}</span>
        </Line>
      ))}
      {lines.length === 1 ? null : (
        <Line amount={t("credits", { count: total })} className="font-semibold">
          {t("total")}
        </Line>
      )}
      <Line
        amount={t("credits", { count: affordable ? balanceAfter : balance })}
        className="border-t pt-1 text-ink-muted"
      >
        {affordable ? t("after") : t("now")}
      </Line>
    </dl>
  );
}

interface LineProps {
  amount: string;
  className?: string;
  children: ReactNode;
}

const Line = ({ amount, className, children }: LineProps) => (
  <div className={cn("flex items-baseline justify-between gap-4", className)}>
    <dt className="min-w-0">{children}</dt>
    <dd className="shrink-0">{amount}</dd>
  </div>
);

/** What a line of a price is for, in words. */
export function useComponentName(): (component: string) => string {
  const t = useTranslations("studio.quote");
  const locale = useLocale();
  return (component) => {
    const [kind, detail = ""] = component.split(":");
    if (kind === "translate") return t("translate", { language: targetName(detail, locale) });
    if (kind === "retention") return t("retention", { days: Number(detail) });
    return t("transcribe");
  };
}

interface TopUpOfferProps {
  quote: QuoteView;
  /** Where to go on once there are enough. */
  back: string;
  className?: string;
}

/** In place of the button where the credits don't suffice: how many are lacking, and the way on. */
export function TopUpOffer({ quote, back, className }: TopUpOfferProps) {
  const t = useTranslations("studio.quote");
  const lacking = -quote.balanceAfter;
  return (
    <div className={cn("flex flex-wrap items-center justify-between gap-x-3 gap-y-2", className)}>
      <p role="status" className="text-danger text-sm tabular-nums">
        {t("lacking", { count: lacking })}
      </p>
      <ButtonLink variant="accent" href={topUpFor(lacking, back)}>
        {t("topUp")}
      </ButtonLink>
    </div>
  );
}

/** The price on its way. */
export function PriceSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-1.5">
      <Skeleton className="h-5" />
      <Skeleton className="h-5" />
    </div>
  );
}
