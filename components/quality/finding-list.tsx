"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { SeverityIcon } from "@/components/report/severity-icon";
import { useFindingText } from "@/components/report/use-finding-text";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { plainText } from "@/lib/subtitles/markup";
import { formatPreciseClock } from "@/lib/subtitles/time";
import { type QueuedFinding, windowAround } from "./finding-queue";
import { useQualityActions } from "./use-quality-actions";

/** So many are on the page at once. */
const pageSize = 40;

interface FindingListProps {
  shown: readonly QueuedFinding[];
  current: QueuedFinding | null;
}

/** What is left, in the order in which one goes through it. */
export function FindingList({ shown, current }: FindingListProps) {
  const t = useTranslations("quality");
  const at = shown.findIndex(({ key }) => key === current?.key);
  const [page, setPage] = useState({ at, from: windowAround(shown.length, at, pageSize).from });
  // Whoever goes through them has them come along.
  const outside = at >= 0 && (at < page.from || at >= page.from + pageSize);
  if (outside && page.at !== at) {
    setPage({ at, from: windowAround(shown.length, at, pageSize).from });
  }
  const from = Math.max(0, Math.min(page.from, shown.length - 1));
  const to = Math.min(shown.length, from + pageSize);
  const turn = (next: number) => setPage({ at, from: Math.max(0, next) });
  return (
    <section aria-label={t("list")} className="flex flex-col">
      {from > 0 ? (
        <Button size="sm" variant="quiet" onClick={() => turn(from - pageSize)}>
          {t("earlier", { count: from })}
        </Button>
      ) : null}
      <ol className="flex flex-col">
        {shown.slice(from, to).map((queued) => (
          <Row key={queued.key} queued={queued} current={queued.key === current?.key} />
        ))}
      </ol>
      {to < shown.length ? (
        <Button size="sm" variant="quiet" onClick={() => turn(to)}>
          {t("later", { count: shown.length - to })}
        </Button>
      ) : null}
    </section>
  );
}

function Row({ queued, current }: { queued: QueuedFinding; current: boolean }) {
  const { session, language } = useEditor();
  const groups = useTranslations("report.groups");
  const text = useFindingText();
  const { show } = useQualityActions();
  const { finding } = queued;
  const cue = session.document.cue(finding.cueId ?? "");
  return (
    <li className="border-b last:border-b-0">
      <button
        type="button"
        aria-current={current ? "true" : undefined}
        title={text(finding)}
        onClick={() => show(queued)}
        className={cn(
          "flex w-full items-start gap-2 rounded-base px-1.5 py-1.5 text-left text-sm hover:bg-hover",
          current && "bg-accent-soft",
        )}
      >
        <SeverityIcon severity={finding.severity} className="mt-0.5" />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex items-baseline justify-between gap-2">
            <span className="truncate">{groups(finding.code)}</span>
            <span className="shrink-0 text-ink-muted text-xs tabular-nums">
              {formatPreciseClock(finding.startMs)}
            </span>
          </span>
          {cue ? (
            <span lang={language} className="truncate text-ink-muted">
              {plainText(cue.text).replaceAll("\n", " ")}
            </span>
          ) : null}
        </span>
      </button>
    </li>
  );
}
