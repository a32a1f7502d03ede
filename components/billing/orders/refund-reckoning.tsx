"use client";

import { useLocale, useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { errorTitle, isErrorCode } from "@/lib/errors";
import type { OrderView, RefundQuote } from "@/lib/topups/schema";
import { Amount, AmountList } from "../amount-list";
import { useBillingText } from "../use-billing-text";
import { refundSteps } from "./order-state";

/** How the amount comes about, or why there is none. */
export function RefundReckoning({ order, quote }: { order: OrderView; quote: RefundQuote }) {
  const t = useTranslations("topups.refund");
  const text = useBillingText();
  const locale = useLocale();
  const { balanceKrw, used } = refundSteps(order, quote);
  if (!quote.refundable) {
    const { problem } = quote;
    return (
      <Notice tone="warning">
        {problem !== null && isErrorCode(problem) ? errorTitle(problem, locale) : t("impossible")}
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <p>{t(quote.policy === "full_within_7_days" ? "full" : "rest")}</p>
      <AmountList>
        <Amount name={t("paid")}>{text.won(balanceKrw)}</Amount>
        {used ? (
          <Amount name={t("used", { used: used.credits, unit: used.unitPriceKrw })}>
            −{text.won(balanceKrw - quote.amountKrw)}
          </Amount>
        ) : null}
        <Amount name={t("amount")} tone="total">
          {text.won(quote.amountKrw)}
        </Amount>
        <Amount name={t("leaving")}>
          {quote.bonusCredits > 0
            ? t("leavingText", { paid: quote.paidCredits, bonus: quote.bonusCredits })
            : text.credits(quote.paidCredits)}
        </Amount>
      </AmountList>
    </div>
  );
}
