"use client";

import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  Hourglass,
  type LucideIcon,
  TriangleAlert,
  Undo2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { OrderState, RefundView } from "@/lib/topups/schema";
import { orderTones, refundTones } from "./order-state";

const orderIcons = {
  created: CircleDashed,
  confirming: Hourglass,
  unknown: Hourglass,
  awaiting_deposit: Hourglass,
  paid: CircleCheck,
  partially_refunded: Undo2,
  refunded: Undo2,
  failed: TriangleAlert,
  expired: CircleSlash,
  cancelled: CircleSlash,
  held_for_review: TriangleAlert,
} as const satisfies Record<OrderState, LucideIcon>;

const refundIcons = {
  requested: Hourglass,
  unknown: Hourglass,
  done: CircleCheck,
  rejected: TriangleAlert,
} as const satisfies Record<RefundView["state"], LucideIcon>;

/** Where a purchase stands, in a word with its sign. */
export function OrderStateBadge({ state }: { state: OrderState }) {
  const t = useTranslations("topups.state");
  const Icon = orderIcons[state];
  return (
    <Badge tone={orderTones[state]}>
      <Icon aria-hidden="true" />
      {t(state)}
    </Badge>
  );
}

export function RefundStateBadge({ state }: { state: RefundView["state"] }) {
  const t = useTranslations("topups.refundState");
  const Icon = refundIcons[state];
  return (
    <Badge tone={refundTones[state]}>
      <Icon aria-hidden="true" />
      {t(state)}
    </Badge>
  );
}
