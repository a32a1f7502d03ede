"use client";

import { Tag } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { PackageView } from "@/lib/topups/schema";
import { useBillingText } from "../use-billing-text";
import { OptionCard } from "./option-card";
import { captionMinutes, perMinuteKrw } from "./package-suggestion";

interface PackageChoiceProps {
  packages: readonly PackageView[];
  value: string;
  onChange: (packageId: string) => void;
}

/** What can be bought, all in sight. */
export function PackageChoice({ packages, value, onChange }: PackageChoiceProps) {
  const t = useTranslations("topups.package");
  return (
    <fieldset>
      <legend className="pb-2 font-semibold">{t("legend")}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {packages.map((each) => (
          <OptionCard
            key={each.id}
            name="package"
            value={each.id}
            checked={each.id === value}
            onSelect={() => onChange(each.id)}
          >
            <PackageFacts view={each} />
          </OptionCard>
        ))}
      </div>
    </fieldset>
  );
}

function PackageFacts({ view }: { view: PackageView }) {
  const t = useTranslations("topups.package");
  const text = useBillingText();
  const { bonusCredits, credits, listKrw, amountKrw, discountKrw, promotion } = view;
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-1 tabular-nums">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-semibold text-lg">{text.credits(credits)}</span>
        <span className="font-semibold text-md">
          <span className="sr-only">{t("price")} </span>
          {text.won(amountKrw)}
        </span>
      </span>
      {bonusCredits > 0 || discountKrw > 0 ? (
        <span className="flex items-baseline justify-between gap-3 text-sm">
          <span className="text-success">
            {bonusCredits > 0 ? t("bonus", { count: bonusCredits }) : null}
          </span>
          {discountKrw > 0 ? (
            <s className="text-ink-muted">
              <span className="sr-only">{t("listPrice")} </span>
              {text.won(listKrw)}
            </s>
          ) : null}
        </span>
      ) : null}
      <span className="text-ink-muted text-sm">
        <span className="inline-block">{t("minutes", { minutes: captionMinutes(view) })} ·</span>{" "}
        <span className="inline-block">{t("perMinute", { amount: perMinuteKrw(view) })}</span>
      </span>
      {promotion ? (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 pt-1">
          <Badge
            tone="accent"
            className="h-auto min-h-6 whitespace-normal border border-accent/30 bg-surface"
          >
            <Tag aria-hidden="true" />
            {text.promotionName(promotion)} · {text.promotionValue(promotion)}
          </Badge>
          {promotion.endsAt ? <PromotionEnd at={promotion.endsAt} /> : null}
        </span>
      ) : null}
    </span>
  );
}

function PromotionEnd({ at }: { at: string }) {
  const t = useTranslations("topups.promotion");
  const text = useBillingText();
  return <span className="text-ink-muted text-sm">{t("until", { date: text.day(at) })}</span>;
}
