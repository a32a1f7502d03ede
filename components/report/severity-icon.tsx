"use client";

import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { Severity } from "@/lib/subtitles/quality/types";

const looks = {
  error: { icon: CircleAlert, style: "text-danger" },
  warning: { icon: TriangleAlert, style: "text-warning" },
  info: { icon: Info, style: "text-ink-muted" },
} as const;

/** How grave a finding is: by shape, colour and, read aloud, by word. */
export function SeverityIcon({ severity, className }: { severity: Severity; className?: string }) {
  const t = useTranslations("report.severity");
  const { icon: Icon, style } = looks[severity];
  return (
    <>
      <Icon aria-hidden="true" className={cn("size-4 shrink-0", style, className)} />
      <span className="sr-only">{t(severity)}</span>
    </>
  );
}
