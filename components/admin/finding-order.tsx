"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useQuantities } from "@/lib/client/use-quantities";
import type { FindingOrderView } from "@/lib/topups/findings-schema";
import { Facts } from "./facts";
import { useFindingWords } from "./use-finding-words";

/** The order behind a difference: both sides' amounts, its refunds, and each movement of credits. */
export function FindingOrder({ order, action }: { order: FindingOrderView; action: ReactNode }) {
  const t = useTranslations("admin.detail");
  const words = useFindingWords();
  const quantities = useQuantities();
  const won = (amount: number | null) => (amount === null ? null : t("won", { amount }));
  const { credits, bonusCredits: bonus, approvedAt } = order;
  return (
    <section className="flex flex-col gap-3 border-t pt-4">
      <h3 className="font-semibold">{t("order")}</h3>
      <Facts
        facts={[
          [t("orderId"), order.orderId],
          [t("orderState"), words.orderState(order.state)],
          [t("amount"), won(order.amountKrw)],
          [t("credits"), t("creditsValue", { credits, bonus })],
          [t("balance"), won(order.balanceKrw)],
          [t("providerBalance"), won(order.providerBalanceKrw)],
          [t("providerStatus"), order.providerStatus],
          [t("approvedAt"), approvedAt ? quantities.exactTime(approvedAt) : null],
          [t("paymentKey"), order.paymentKey],
        ]}
      />
      {action}
      {order.refunds.length > 0 ? (
        <>
          <h4 className="font-medium text-sm">{t("refunds")}</h4>
          <ul className="flex flex-col gap-1 text-sm tabular-nums">
            {order.refunds.map(({ id, state, amountKrw, credits: left, policy }) => (
              <li key={id}>
                {words.refundState(state)}:{" "}
                {t("refund", { amountKrw, credits: left, policy: words.policy(policy) })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h4 className="font-medium text-sm">{t("ledger")}</h4>
      <Ledger entries={order.ledger} />
    </section>
  );
}

function Ledger({ entries }: { entries: FindingOrderView["ledger"] }) {
  const t = useTranslations("admin.detail");
  const words = useFindingWords();
  const quantities = useQuantities();
  if (entries.length === 0) return <p className="text-ink-muted text-sm">{t("noLedger")}</p>;
  return (
    <ul className="flex flex-col divide-y text-sm">
      {entries.map(({ transactionId, kind, amount, outcome, at }) => (
        <li key={transactionId} className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 py-1.5">
          <span>
            {words.movement(kind)}{" "}
            <span className="font-medium tabular-nums">{words.number(amount)}</span>
            {outcome === "refused" ? (
              <span className="text-ink-muted"> · {t("refused")}</span>
            ) : null}
          </span>
          <span className="text-ink-muted tabular-nums">{quantities.exactTime(at)}</span>
          <code className="w-full select-all break-all font-mono text-ink-muted text-xs">
            {transactionId}
          </code>
        </li>
      ))}
    </ul>
  );
}
