"use client";

import useSWR from "swr";
import useSWRInfinite from "swr/infinite";
import type {
  ConfirmOrderInput,
  CreateOrderInput,
  NewOrderView,
  OrderView,
  RefundInput,
  RefundQuote,
  RefundView,
} from "@/lib/topups/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const root = "/api/v1/top-ups";

export interface OrderPage {
  orders: OrderView[];
  nextCursor: string | null;
}

const orderKey = (orderId: string) => `${root}/${encodeURIComponent(orderId)}`;

/** The address of a page of the list, from the page before it; null past the end. */
export function orderPageKey(index: number, previous: OrderPage | null): string | null {
  if (index > 0 && !previous?.nextCursor) return null;
  return previous?.nextCursor
    ? `${root}?${new URLSearchParams({ cursor: previous.nextCursor })}`
    : root;
}

/** The person's purchases, newest first. */
export function useOrders() {
  const list = useSWRInfinite<OrderPage, ApiError>(orderPageKey, swrOptions);
  const pages = list.data;
  return {
    orders: pages?.flatMap((page) => page.orders),
    error: list.error,
    hasMore: pages?.at(-1)?.nextCursor != null,
    loadingMore: pages !== undefined && !list.error && list.size > pages.length,
    loadMore: () => void list.setSize((size) => size + 1),
    reload: () => list.mutate(),
  };
}

/**
 * One purchase; null: none yet. `refreshMs` says when to read it again, in ms, 0: not by itself.
 */
export function useOrder(
  orderId: string | null,
  refreshMs: (order: OrderView | undefined) => number = () => 0,
) {
  const { data, error, mutate } = useSWR<{ order: OrderView }, ApiError>(
    orderId === null ? null : orderKey(orderId),
    { ...swrOptions, refreshInterval: (latest) => refreshMs(latest?.order) },
  );
  return { order: data?.order, error, reload: () => mutate() };
}

/** Makes an order; the same `idempotencyKey` again answers the first one. */
export const createOrder = (input: CreateOrderInput): Promise<NewOrderView> =>
  api<NewOrderView>(root, { body: input });

const command = async (path: string, body: unknown): Promise<OrderView> =>
  (await api<{ order: OrderView }>(path, { body })).order;

/** Takes the money that the payment window has asked for; again, it answers the same result. */
export const confirmOrder = (orderId: string, input: ConfirmOrderInput): Promise<OrderView> =>
  command(`${orderKey(orderId)}/confirm`, input);

/** The window came back without a payment. An order that has gone further isn't touched. */
export const abandonOrder = (
  orderId: string,
  why: { code?: string; message?: string },
): Promise<OrderView> => command(`${orderKey(orderId)}/abandon`, why);

/** What giving the order back would give; read anew each time it is asked for. */
export function useRefundQuote(orderId: string) {
  const { data, error, isValidating, mutate } = useSWR<{ quote: RefundQuote }, ApiError>(
    `${orderKey(orderId)}/refund-quote`,
    { ...swrOptions, dedupingInterval: 0, revalidateOnFocus: false },
  );
  return {
    // A figure from before may no longer be true, and it is about to be agreed to.
    quote: isValidating ? undefined : data?.quote,
    error,
    reload: () => mutate(),
  };
}

/** Asks for the money back; the same `idempotencyKey` again asks no second time. */
export async function requestRefund(orderId: string, input: RefundInput): Promise<RefundView> {
  return (await api<{ refund: RefundView }>(`${orderKey(orderId)}/refunds`, { body: input }))
    .refund;
}
