"use client";

import { CircleCheck, Hourglass, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { RefundResult } from "./use-refunding";

const looks = {
  done: { icon: CircleCheck, color: "text-success" },
  underWay: { icon: Hourglass, color: "text-accent" },
  rejected: { icon: TriangleAlert, color: "text-danger" },
} as const;

/** How the refund went. */
export function RefundOutcome({ outcome }: { outcome: RefundResult }) {
  const t = useTranslations("topups.refund");
  const { result, amountKrw } = outcome;
  const { icon: Icon, color } = looks[result];
  return (
    <div role="status" className="flex items-start gap-3 py-2">
      <Icon aria-hidden="true" className={cn("mt-0.75 size-5 shrink-0", color)} />
      <div className="flex flex-col gap-1">
        <p className="font-semibold">
          {result === "done" ? t("done", { amount: amountKrw }) : t(result)}
        </p>
        <p className="text-ink-muted">{t(`${result}Description`)}</p>
      </div>
    </div>
  );
}
