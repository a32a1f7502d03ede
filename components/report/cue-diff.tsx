"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { type CueDifference, type DiffPart, diffText } from "@/lib/subtitles/diff";
import type { Cue } from "@/lib/subtitles/model";
import { formatPreciseClock } from "@/lib/subtitles/time";

interface CueDiffProps {
  changes: readonly CueDifference[];
  language: string;
}

/** Cues as they are and as they would be, side by side, with what differs marked. */
export function CueDiffs({ changes, language }: CueDiffProps) {
  return (
    <ul className="flex flex-col gap-2">
      {changes.map((change) => (
        <li key={change.cueId} className="grid items-stretch gap-2 sm:grid-cols-[1fr_1rem_1fr]">
          <Side side="before" change={change} language={language} />
          <ArrowRight
            aria-hidden="true"
            className="size-4 self-center justify-self-center text-ink-faint max-sm:rotate-90"
          />
          <Side side="after" change={change} language={language} />
        </li>
      ))}
    </ul>
  );
}

interface SideProps {
  side: "before" | "after";
  change: CueDifference;
  language: string;
}

function Side({ side, change, language }: SideProps) {
  const t = useTranslations("report.repair");
  const cue = change[side];
  const other = change[side === "before" ? "after" : "before"];
  return (
    <div className="flex flex-col gap-1 rounded-base border bg-surface px-3 py-2">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-ink-muted text-xs">
        <span>{t(side)}</span>
        {cue ? <Times cue={cue} other={other} /> : null}
      </p>
      {cue ? (
        <p lang={language} className="whitespace-pre-line">
          <Marked
            parts={diffText(change.before?.text ?? "", change.after?.text ?? "")}
            side={side}
          />
        </p>
      ) : (
        <p className="text-ink-faint">{side === "before" ? t("added") : t("removed")}</p>
      )}
    </div>
  );
}

function Times({ cue, other }: { cue: Cue; other: Cue | undefined }) {
  const time = (ms: number, changed: boolean) => (
    <span className={cn(changed && "rounded-sm bg-accent-soft font-semibold text-accent")}>
      {formatPreciseClock(ms)}
    </span>
  );
  return (
    <span className="tabular-nums">
      {time(cue.startMs, other !== undefined && other.startMs !== cue.startMs)} –{" "}
      {time(cue.endMs, other !== undefined && other.endMs !== cue.endMs)}
    </span>
  );
}

/** One side of a diff: a line break that comes or goes shows as a sign. */
function Marked({ parts, side }: { parts: readonly DiffPart[]; side: "before" | "after" }) {
  const shown = parts.filter(({ kind }) => kind !== (side === "before" ? "added" : "removed"));
  return shown.map(({ kind, text }, index) => {
    const key = `${index}-${text}`;
    const content: ReactNode = kind === "same" ? text : text.replaceAll("\n", "↵\n");
    if (kind === "removed") {
      return (
        <del key={key} className="rounded-sm bg-danger-soft text-danger decoration-danger/50">
          {content}
        </del>
      );
    }
    if (kind === "added") {
      return (
        <ins key={key} className="rounded-sm bg-success-soft text-success no-underline">
          {content}
        </ins>
      );
    }
    return <span key={key}>{content}</span>;
  });
}
