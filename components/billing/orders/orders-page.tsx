"use client";

import { Plus, ReceiptText } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { useOrders } from "@/lib/client/use-orders";
import { useQuantities } from "@/lib/client/use-quantities";
import type { OrderView } from "@/lib/topups/schema";
import { OutsideLink } from "../receipt-links";
import { useBillingText } from "../use-billing-text";
import { refundedKrw } from "./order-state";
import { OrderStateBadge } from "./state-badge";

/** Every purchase of the person, newest first. */
export function OrdersPage() {
  const t = useTranslations("topups.orders");
  const { orders, error, hasMore, loadingMore, loadMore, reload } = useOrders();
  if (error && !orders) {
    return (
      <Panel>
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void reload()} />
      </Panel>
    );
  }
  if (!orders) return <OrdersPageSkeleton />;
  if (orders.length === 0) return <NoOrders />;
  return (
    <>
      <OrdersTable orders={orders} />
      {hasMore ? (
        <Button className="mx-auto mt-4 flex" pending={loadingMore} onClick={loadMore}>
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}

function NoOrders() {
  const t = useTranslations("topups.orders");
  return (
    <Panel>
      <EmptyState
        icon={ReceiptText}
        title={t("none")}
        description={t("noneDescription")}
        action={
          <ButtonLink variant="primary" href={routes.topUp()}>
            <Plus aria-hidden="true" />
            {t("topUp")}
          </ButtonLink>
        }
      />
    </Panel>
  );
}

function OrdersTable({ orders }: { orders: readonly OrderView[] }) {
  const t = useTranslations("topups.orders");
  return (
    <Panel className="overflow-hidden">
      <table className="w-full text-left">
        <thead className="border-b text-ink-muted text-sm max-sm:sr-only">
          <tr className="[&>th]:h-9 [&>th]:px-4 [&>th]:font-medium">
            <th scope="col">{t("what")}</th>
            <th scope="col" className="w-48 max-md:hidden">
              {t("date")}
            </th>
            <th scope="col" className="w-36 max-sm:hidden">
              {t("state")}
            </th>
            <th scope="col" className="w-32 text-right">
              {t("amount")}
            </th>
            <th scope="col" className="w-28 max-md:hidden">
              {t("receipt")}
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <OrderRow key={order.orderId} order={order} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function OrderRow({ order }: { order: OrderView }) {
  const t = useTranslations("topups.orders");
  const text = useBillingText();
  const quantities = useQuantities();
  const { orderId, createdAt, amountKrw, receiptUrl, state } = order;
  const back = refundedKrw(order);
  const when = quantities.exactTime(createdAt);
  return (
    <tr className="relative border-b last:border-b-0 hover:bg-hover [&>td]:px-4 [&>td]:py-3">
      <td className="align-top">
        <NextLink
          href={routes.order(orderId)}
          className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          {text.content(order)}
        </NextLink>
        <p className="text-ink-muted text-sm md:hidden">
          <time dateTime={createdAt}>{when}</time>
        </p>
      </td>
      <td className="align-top text-ink-muted max-md:hidden">
        <time dateTime={createdAt}>{when}</time>
      </td>
      <td className="align-top max-sm:hidden">
        <OrderStateBadge state={state} />
      </td>
      <td className="text-right align-top">
        <p className="whitespace-nowrap font-medium">{text.won(amountKrw)}</p>
        {back > 0 ? (
          <p className="text-ink-muted text-sm">{t("refundedAmount", { amount: back })}</p>
        ) : null}
        <div className="pt-1 sm:hidden">
          <OrderStateBadge state={state} />
        </div>
      </td>
      <td className="align-top max-md:hidden">
        {receiptUrl ? (
          <OutsideLink href={receiptUrl} look="text" className="relative z-10">
            <span aria-hidden="true">{t("receipt")}</span>
            <span className="sr-only">{t("receiptOf", { date: when })}</span>
          </OutsideLink>
        ) : (
          <span className="text-ink-faint">–</span>
        )}
      </td>
    </tr>
  );
}

/** The list before anything is known of it. */
export function OrdersPageSkeleton() {
  return (
    <Panel aria-hidden="true">
      <div className="h-9 border-b max-sm:hidden" />
      {["a", "b", "c", "d"].map((row) => (
        <div key={row} className="flex h-13 items-center gap-4 border-b px-4 last:border-b-0">
          <Skeleton className="h-5 w-1/3" />
          <Skeleton className="ml-auto h-6 w-20 max-sm:hidden" />
          <Skeleton className="h-5 w-20 max-sm:ml-auto" />
        </div>
      ))}
    </Panel>
  );
}
