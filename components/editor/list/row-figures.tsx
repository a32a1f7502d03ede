"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { Cue } from "@/lib/subtitles/model";
import { useEditor } from "../editor-context";
import { measureCue } from "./cue-checks";

/** How long a cue shows, and whether there is time to read it. */
export function RowFigures({ cue }: { cue: Cue }) {
  const { profile } = useEditor();
  const t = useTranslations("editor.meter");
  const seconds = ((cue.endMs - cue.startMs) / 1000).toFixed(1);
  const over = measureCue(cue.text, cue, profile).filter((measure) => measure.over);
  return (
    <span className="pointer-events-none flex w-10 shrink-0 flex-col items-end text-ink-faint text-xs leading-5 tabular-nums max-sm:hidden">
      <span>{t("seconds", { seconds })}</span>
      {over.length > 0 ? (
        <span
          className={cn("pointer-events-auto relative z-1 text-warning")}
          title={over
            .map(({ kind, value, limit }) =>
              t(kind, { value: Number.isFinite(value) ? String(value) : "∞", limit }),
            )
            .join(" · ")}
        >
          <TriangleAlert aria-hidden="true" className="size-3.5" />
          <span className="sr-only">{t("over")}</span>
        </span>
      ) : null}
    </span>
  );
}
