"use client";

import { ChevronDown, SquareArrowOutUpRight } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { cn } from "@/components/ui/cn";
import { routes } from "@/lib/client/routes";
import { changedCues } from "@/lib/subtitles/diff";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperation } from "@/lib/subtitles/operations";
import { proposeRepair } from "@/lib/subtitles/quality";
import type { Finding, TrackEvidence } from "@/lib/subtitles/quality/types";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { TrackView } from "@/lib/tracks/schema";
import { CueDiffs } from "./cue-diff";
import { SeverityIcon } from "./severity-icon";
import { findingRowId } from "./use-finding-keys";
import { useFindingText } from "./use-finding-text";

/** What repairs are worked out from. */
export interface RepairContext {
  cues: readonly Cue[];
  evidence: TrackEvidence;
  profile: RuleProfile;
  language: string;
}

interface FindingRowProps {
  finding: Finding;
  open: boolean;
  onToggle: () => void;
  track?: TrackView;
  live?: { context: RepairContext; onApply: (finding: Finding) => void };
}

/** One finding: when, in which subtitle, what is the matter; open, how it would be repaired. */
export function FindingRow({ finding, open, onToggle, track, live }: FindingRowProps) {
  const t = useTranslations("report.list");
  const text = useFindingText();
  const cue = useCue(finding, live?.context.cues);
  const repairable = live !== undefined && finding.repair !== undefined;
  const time = formatPreciseClock(finding.startMs);
  return (
    <li
      className={cn(
        "relative scroll-mt-28 scroll-mb-4 border-b last:border-b-0",
        open ? "bg-accent-soft" : "hover:bg-hover",
      )}
    >
      <div className="flex items-start gap-2 px-4 py-2">
        <button
          id={findingRowId(finding.id)}
          type="button"
          data-finding-row
          aria-expanded={repairable ? open : undefined}
          onClick={onToggle}
          className="grid min-w-0 flex-1 grid-cols-[1rem_auto] items-start gap-x-3 gap-y-0.5 rounded-base text-left sm:grid-cols-[1rem_5rem_minmax(0,1fr)_minmax(0,1.2fr)]"
        >
          <SeverityIcon severity={finding.severity} className="mt-0.5" />
          <span className="text-ink-muted text-sm tabular-nums leading-5.5">{time}</span>
          <span lang={live?.context.language} className="whitespace-pre-line max-sm:col-start-2">
            {cue ? plainText(cue.text) : quoted(finding)}
          </span>
          <span className="text-ink-muted text-sm max-sm:col-start-2">{text(finding)}</span>
        </button>
        {track ? (
          <NextLink
            href={routes.video(track.videoId, {
              track: track.id,
              cue: finding.cueId,
              ms: finding.startMs,
            })}
            aria-label={t("openAt", { time })}
            title={t("open")}
            className={buttonStyle({ variant: "quiet", size: "sm", shape: "icon" })}
          >
            <SquareArrowOutUpRight aria-hidden="true" />
          </NextLink>
        ) : null}
        {repairable ? (
          <Button
            size="sm"
            variant="quiet"
            tabIndex={-1}
            aria-hidden="true"
            onClick={onToggle}
            className="w-7 px-0"
          >
            <ChevronDown className={cn("transition-transform", open && "rotate-180")} />
          </Button>
        ) : (
          <span className={cn("w-7", !live && "hidden")} />
        )}
      </div>
      {open && live && finding.repair ? <Preview finding={finding} live={live} /> : null}
    </li>
  );
}

function useCue({ cueId }: Finding, cues: readonly Cue[] | undefined): Cue | undefined {
  return useMemo(() => (cueId ? cues?.find(({ id }) => id === cueId) : undefined), [cueId, cues]);
}

/** What a finding without a cue is about, where it has words. */
function quoted({ values }: Finding): string {
  const { text } = values;
  return typeof text === "string" ? text : "";
}

type PreviewProps = Required<Pick<FindingRowProps, "finding" | "live">>;

/** How the repair would change the track, before anything does. */
function Preview({ finding, live }: PreviewProps) {
  const t = useTranslations("report");
  const { context } = live;
  const changes = useMemo(() => {
    const operation = proposeRepair(finding, context);
    const applied = operation && applyOperation(context.cues, operation);
    return applied?.ok ? changedCues(context.cues, applied.cues) : [];
  }, [finding, context]);
  if (changes.length === 0) {
    return <p className="px-4 pb-3 text-ink-muted text-sm sm:pl-11">{t("repair.nothing")}</p>;
  }
  return (
    <div className="flex flex-col gap-2 px-4 pb-3 sm:pl-11">
      <p className="text-sm">{finding.repair ? t(`repairs.${finding.repair}`) : null}</p>
      <CueDiffs changes={changes} language={context.language} />
      <div className="flex justify-end">
        <Button size="sm" variant="primary" onClick={() => live.onApply(finding)}>
          {t(finding.repair === "restore" ? "repair.restore" : "repair.apply")}
        </Button>
      </div>
    </div>
  );
}
