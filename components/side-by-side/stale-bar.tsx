"use client";

import { ChevronDown, ChevronUp, FileClock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEditor } from "@/components/editor/editor-context";
import { CommandButton } from "@/components/editor/list/list-tools";
import { Button } from "@/components/ui/button";
import { RetranslateButton } from "./retranslate-button";
import { useStaleIds } from "./side-by-side-context";
import { useSourceActions } from "./use-source-actions";

/** Above the list: how many translations have a source that has changed, and what to do. */
export function StaleBar() {
  const { readOnly } = useEditor();
  const t = useTranslations("sidebyside");
  const ids = useStaleIds();
  const { accept } = useSourceActions();
  if (ids.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b bg-warning-soft px-3 py-1 text-sm">
      <FileClock aria-hidden="true" className="size-4 shrink-0 text-warning" />
      <p className="text-warning">{t("staleCount", { count: ids.length })}</p>
      <div className="ml-auto flex flex-wrap items-center gap-1">
        <CommandButton id="source.previous-stale" icon={ChevronUp} />
        <CommandButton id="source.next-stale" icon={ChevronDown} />
        {readOnly ? null : (
          <>
            <RetranslateButton cueIds={ids}>
              {t("staleAll", { count: ids.length })}
            </RetranslateButton>
            <Button size="sm" onClick={() => accept(ids)}>
              {t("acceptAll")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
