"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { CueMeasure } from "@/components/editor/list/cue-checks";
import { cn } from "@/components/ui/cn";

/** A bar ends here: twice the limit is as bad as it gets. */
const fullShare = 2;

/** How much of its limit a measure takes: the mark in the middle is the limit. */
export function MeterBar({ value, limit, over }: Pick<CueMeasure, "value" | "limit" | "over">) {
  const share = limit === 0 ? fullShare : Math.min(fullShare, value / limit);
  return (
    <span aria-hidden="true" className="relative block h-1 w-full rounded-full bg-hover">
      <span
        className={cn("absolute inset-y-0 left-0 rounded-full", over ? "bg-warning" : "bg-success")}
        style={{ width: `${(share / fullShare) * 100}%` }}
      />
      <span className="absolute inset-y-[-1px] left-1/2 w-px bg-ink-faint" />
    </span>
  );
}

/** At a row: which limit its text breaks most, in figures; nothing where it keeps them all. */
export function RowMeter({ measures }: { measures: readonly CueMeasure[] }) {
  const t = useTranslations("editor.meter");
  const over = measures.filter((measure) => measure.over);
  const [worst] = over.toSorted((a, b) => b.value / b.limit - a.value / a.limit);
  if (!worst) return null;
  const shown = ({ value }: CueMeasure) => (Number.isFinite(value) ? String(value) : "∞");
  const told = over.map((each) => t(each.kind, { value: shown(each), limit: each.limit }));
  return (
    <span
      title={told.join(" · ")}
      className="pointer-events-auto relative z-1 inline-flex items-center gap-0.5 whitespace-nowrap font-medium text-warning"
    >
      <TriangleAlert aria-hidden="true" className="size-3 shrink-0" />
      <span aria-hidden="true">{shown(worst)}</span>
      <span className="sr-only">
        {t("over")}: {told.join(", ")}
      </span>
    </span>
  );
}
