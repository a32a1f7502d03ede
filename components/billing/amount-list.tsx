import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** Names and amounts, one under the other. */
export function AmountList({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={cn("flex flex-col gap-1.5 tabular-nums", className)}>{children}</dl>;
}

interface AmountProps {
  name: ReactNode;
  /** `total`: the line that everything comes down to. */
  tone?: "normal" | "total" | "success";
  children: ReactNode;
}

export function Amount({ name, tone = "normal", children }: AmountProps) {
  const isTotal = tone === "total";
  return (
    <div
      className={cn(
        "flex items-baseline justify-between gap-4",
        isTotal && "mt-1 border-t pt-2.5 font-semibold",
      )}
    >
      <dt className={cn("shrink-0", !isTotal && "text-ink-muted")}>{name}</dt>
      <dd className={cn("text-right", isTotal && "text-lg", tone === "success" && "text-success")}>
        {children}
      </dd>
    </div>
  );
}
