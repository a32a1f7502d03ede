"use client";

import { useTranslations } from "next-intl";
import { RowMeter } from "@/components/quality/row-meter";
import type { Cue } from "@/lib/subtitles/model";
import { useEditor } from "../editor-context";
import { measureCue } from "./cue-checks";

/** How long a cue shows, and whether there is time to read it. */
export function RowFigures({ cue }: { cue: Cue }) {
  const { profile } = useEditor();
  const t = useTranslations("editor.meter");
  const seconds = ((cue.endMs - cue.startMs) / 1000).toFixed(1);
  return (
    <span className="pointer-events-none flex w-10 shrink-0 flex-col items-end text-ink-faint text-xs leading-5 tabular-nums max-sm:hidden">
      <span>{t("seconds", { seconds })}</span>
      <RowMeter measures={measureCue(cue.text, cue, profile)} />
    </span>
  );
}
