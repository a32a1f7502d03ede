"use client";

import { Printer, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/client/routes";
import { useOrder } from "@/lib/client/use-orders";
import type { OrderView } from "@/lib/topups/schema";
import { useBillingText } from "../use-billing-text";
import { LedgerNumbers, OrderCredits, OrderPayment, OrderReceipts } from "./order-facts";
import { mayRefund, orderRefreshMs } from "./order-state";
import { RefundDialog } from "./refund-dialog";
import { RefundList } from "./refund-list";
import { OrderStateBadge } from "./state-badge";

/** One purchase: what was paid, what came in, its receipts, and what was given back. */
export function OrderPage({ orderId }: { orderId: string }) {
  const t = useTranslations("topups.order");
  const { order, error, reload } = useOrder(orderId, orderRefreshMs);
  if (error && !order) {
    return (
      <Panel>
        <RequestError
          error={error}
          title={t("loadFailed")}
          onRetry={() => void reload()}
          back={{ href: routes.orders(), label: t("back") }}
        />
      </Panel>
    );
  }
  if (!order) return <OrderPageSkeleton />;
  return <Order order={order} onChanged={() => void reload()} />;
}

function Order({ order, onChanged }: { order: OrderView; onChanged: () => void }) {
  const t = useTranslations("topups.order");
  const failed = useTranslations("topups.failed");
  const { state, failureMessage, refunds } = order;
  const over = state === "failed" || state === "expired" || state === "cancelled";
  return (
    <article className="flex flex-col gap-4">
      <Heading order={order} onChanged={onChanged} />
      {over ? (
        <Notice tone={state === "failed" ? "danger" : "neutral"}>
          {failureMessage ?? failed("noMoney")}
        </Notice>
      ) : null}
      {state === "held_for_review" ? <Notice tone="warning">{t("review")}</Notice> : null}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <OrderPayment order={order} />
        <div className="flex flex-col gap-4">
          <OrderCredits order={order} />
          <OrderReceipts order={order} />
          {refunds.length > 0 ? <RefundList refunds={refunds} /> : null}
        </div>
      </div>
      <LedgerNumbers order={order} />
    </article>
  );
}

function Heading({ order, onChanged }: { order: OrderView; onChanged: () => void }) {
  const t = useTranslations("topups.order");
  const text = useBillingText();
  const [refunding, setRefunding] = useState(false);
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 flex-col gap-1.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="font-semibold text-lg">{text.content(order)}</h2>
          <OrderStateBadge state={order.state} />
        </div>
        <p className="text-ink-muted text-sm">
          {t("orderNumber")} <code className="select-all font-mono">{order.orderId}</code>
        </p>
      </div>
      <div className="flex gap-2 print:hidden">
        <Button variant="quiet" onClick={() => window.print()}>
          <Printer aria-hidden="true" />
          {t("print")}
        </Button>
        {mayRefund(order) || refunding ? (
          <Button onClick={() => setRefunding(true)}>
            <Undo2 aria-hidden="true" />
            {t("refund")}
          </Button>
        ) : null}
      </div>
      {refunding ? (
        <RefundDialog order={order} onChanged={onChanged} onClose={() => setRefunding(false)} />
      ) : null}
    </header>
  );
}

/** The page before anything is known of it. */
export function OrderPageSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <Skeleton className="h-7 w-56" />
        <Skeleton className="h-5 w-72" />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-64" />
        <div className="flex flex-col gap-4">
          <Skeleton className="h-29" />
          <Skeleton className="h-20" />
        </div>
      </div>
    </div>
  );
}
