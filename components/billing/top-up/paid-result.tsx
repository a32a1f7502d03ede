"use client";

import { ArrowRight, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/client/routes";
import { useLiveCredits } from "@/lib/client/use-credits";
import type { OrderView } from "@/lib/topups/schema";
import { Amount, AmountList } from "../amount-list";
import { OutsideLink } from "../receipt-links";
import { QuotedNumber, ResultPanel } from "../result-panel";
import { useBillingText } from "../use-billing-text";

/** What came in, what there is now, the receipt, and the way on. */
export function PaidResult({ order, back }: { order: OrderView; back: string | null }) {
  const t = useTranslations("topups.done");
  const text = useBillingText();
  const available = useLiveCredits()?.available;
  const { credits, bonusCredits, amountKrw, receiptUrl, cashReceiptUrl, orderId } = order;
  return (
    <ResultPanel
      tone="success"
      title={t("paid", { count: credits + bonusCredits })}
      description={bonusCredits > 0 ? t("paidBonus", { credits, bonus: bonusCredits }) : undefined}
      actions={
        <>
          {back ? (
            <ButtonLink variant="primary" href={back}>
              {t("goOn")}
              <ArrowRight aria-hidden="true" />
            </ButtonLink>
          ) : (
            <ButtonLink variant="primary" href={routes.upload()}>
              <Upload aria-hidden="true" />
              {t("upload")}
            </ButtonLink>
          )}
          <ButtonLink href={routes.order(orderId)}>{t("order")}</ButtonLink>
          {receiptUrl ? <OutsideLink href={receiptUrl}>{t("receipt")}</OutsideLink> : null}
          {cashReceiptUrl ? (
            <OutsideLink href={cashReceiptUrl}>{t("cashReceipt")}</OutsideLink>
          ) : null}
        </>
      }
    >
      <AmountList className="border-y py-4">
        <Amount name={t("paidAmount")}>{text.won(amountKrw)}</Amount>
        <Amount name={t("balance")}>
          {available === undefined ? (
            <Skeleton className="inline-block h-4 w-20 align-middle" />
          ) : (
            <span className="font-semibold">{text.credits(available)}</span>
          )}
        </Amount>
      </AmountList>
      <QuotedNumber label={t("orderNumber")} value={orderId} />
    </ResultPanel>
  );
}
