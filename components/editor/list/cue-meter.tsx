"use client";

import { Check, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { MeterBar } from "@/components/quality/row-meter";
import { cn } from "@/components/ui/cn";
import type { Cue } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { measureCue } from "./cue-checks";

interface CueMeterProps {
  text: string;
  cue: Cue;
  profile: RuleProfile;
}

/** How the text being written stands against the rules of its language. */
export function CueMeter({ text, cue, profile }: CueMeterProps) {
  const t = useTranslations("editor.meter");
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-sm tabular-nums">
      {measureCue(text, cue, profile).map(({ kind, value, limit, over }) => {
        const Icon = over ? TriangleAlert : Check;
        return (
          <span
            key={kind}
            className={cn(
              "inline-flex flex-col gap-0.5",
              over ? "font-medium text-warning" : "text-ink-muted",
            )}
          >
            <span className="inline-flex items-center gap-1">
              <Icon aria-hidden="true" className="size-3.5" />
              {t(kind, { value: Number.isFinite(value) ? String(value) : "∞", limit })}
              {over ? <span className="sr-only">{t("over")}</span> : null}
            </span>
            <MeterBar value={value} limit={limit} over={over} />
          </span>
        );
      })}
    </p>
  );
}
