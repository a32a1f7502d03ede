"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { isLocale } from "@/i18n/routing";
import type { PromotionView } from "@/lib/topups/schema";

/** Money, credits, days and promotions as words of the reader's language. */
export function useBillingText() {
  const locale = useLocale();
  const t = useTranslations("topups");
  return useMemo(() => {
    const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "Asia/Seoul" });
    return {
      won: (amount: number) => t("won", { amount }),
      credits: (count: number) => t("count", { count }),
      /** What was bought, with its bonus. */
      content: ({ credits, bonusCredits }: { credits: number; bonusCredits: number }) =>
        bonusCredits > 0
          ? t("orders.withBonus", { credits, bonus: bonusCredits })
          : t("count", { count: credits }),
      day: (at: number | string) => day.format(new Date(at)),
      promotionName: ({ name }: PromotionView) => name[isLocale(locale) ? locale : "ko"],
      promotionValue: ({ kind, value }: PromotionView) => t(`promotion.${kind}`, { value }),
    };
  }, [locale, t]);
}
