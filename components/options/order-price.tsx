"use client";

import { useTranslations } from "next-intl";
import { PriceSkeleton, PriceSummary } from "@/components/jobs/price-summary";
import { cn } from "@/components/ui/cn";
import { useErrorText } from "@/components/ui/request-error";
import { useQuantities } from "@/lib/client/use-quantities";
import type { useQuote } from "@/lib/client/use-quote";

/** What the choice costs and how long it takes, kept in step with every change. */
export function OrderPrice({ quote, error, settled }: ReturnType<typeof useQuote>) {
  const t = useTranslations("options");
  const errorText = useErrorText();
  const quantities = useQuantities();
  if (error) {
    return (
      <p role="status" className="text-ink-muted text-sm">
        {error.code === "not_ready" ? t("priceLater") : errorText(error)}
      </p>
    );
  }
  if (!quote) return <PriceSkeleton />;
  const { estimateMs } = quote;
  return (
    <div
      aria-busy={!settled}
      className={cn("flex flex-col gap-1.5 transition-opacity", !settled && "opacity-60")}
    >
      <PriceSummary quote={quote} />
      <p className="text-ink-muted text-xs tabular-nums">
        {estimateMs === null || estimateMs === undefined
          ? t("price.noEstimate")
          : t("price.estimate", { time: quantities.took(estimateMs) })}
      </p>
    </div>
  );
}
