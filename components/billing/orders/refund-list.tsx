"use client";

import { useTranslations } from "next-intl";
import { Panel, PanelHeader } from "@/components/ui/panel";
import { useQuantities } from "@/lib/client/use-quantities";
import type { RefundView } from "@/lib/topups/schema";
import { useBillingText } from "../use-billing-text";
import { RefundStateBadge } from "./state-badge";

/** What was given back of a purchase, or is about to be. */
export function RefundList({ refunds }: { refunds: readonly RefundView[] }) {
  const t = useTranslations("topups.order");
  return (
    <Panel className="break-inside-avoid">
      <PanelHeader title={t("refunds")} />
      <ul>
        {refunds.map((refund) => (
          <RefundRow key={refund.id} refund={refund} />
        ))}
      </ul>
    </Panel>
  );
}

function RefundRow({ refund }: { refund: RefundView }) {
  const t = useTranslations("topups.order");
  const text = useBillingText();
  const quantities = useQuantities();
  const { state, amountKrw, paidCredits, bonusCredits, failureMessage, createdAt, endedAt } =
    refund;
  const at = endedAt ?? createdAt;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-b px-4 py-3 last:border-b-0">
      <div className="flex min-w-0 flex-col gap-0.5">
        <span className="font-medium tabular-nums">{text.won(amountKrw)}</span>
        <span className="text-ink-muted text-sm">
          <time dateTime={at}>{quantities.exactTime(at)}</time>
          {state === "rejected"
            ? null
            : ` · ${t("refundCredits", { count: paidCredits + bonusCredits })}`}
        </span>
        {failureMessage ? <span className="text-danger text-sm">{failureMessage}</span> : null}
      </div>
      <RefundStateBadge state={state} />
    </li>
  );
}
