"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/client/routes";
import { useCueHistory } from "@/lib/client/use-cue-history";
import { useQuantities } from "@/lib/client/use-quantities";
import { type TrackSession, useSaveState } from "@/lib/client/use-track";
import type { Cue, CueProvenance } from "@/lib/subtitles/model";
import type { CueHistoryView } from "@/lib/tracks/schema";

interface CueStoryProps {
  session: TrackSession;
  cue: Cue;
}

/** Nobody reads about a cue that is gone past so quickly, nor about an edit so fresh, in ms. */
const settleMs = 400;

/** Where a cue comes from, and who has changed it since. */
export function CueStory({ session, cue }: CueStoryProps) {
  const t = useTranslations("studio.origin");
  const common = useTranslations("common");
  const { history, error, reload } = useSettledHistory(session, cue);
  if (error) {
    return (
      <p role="alert" className="mt-2 flex flex-wrap items-center gap-2 text-ink-muted text-sm">
        {t("loadFailed")}
        <Button size="sm" onClick={reload}>
          {common("retry")}
        </Button>
      </p>
    );
  }
  if (!history) {
    // Still ones: they are there with every cue that somebody comes past while writing.
    return (
      <div aria-hidden="true" className="mt-2 flex flex-col gap-2">
        <Skeleton className="h-5 w-40 animate-none" />
        <Skeleton className="h-5 w-56 animate-none" />
        <Skeleton className="h-5 w-48 animate-none" />
      </div>
    );
  }
  const { provenance } = history;
  return (
    <div className="mt-1 flex flex-col gap-3 text-sm">
      <p className="text-ink-muted">{provenance ? t(`kind.${provenance.origin}`) : t("unknown")}</p>
      {provenance ? <Facts provenance={provenance} /> : null}
      <Edits edits={history.edits} />
    </div>
  );
}

/** The record of the cue at which somebody stays, read again when the cue has changed. */
function useSettledHistory(session: TrackSession, cue: Cue) {
  const [settled, setSettled] = useState<Cue | null>(null);
  const story = useCueHistory(session.trackId, settled?.id === cue.id ? cue.id : null);
  const { kind } = useSaveState(session);
  const settle = useEffectEvent(() => {
    // Whoever has changed it, it is another object now.
    if (settled?.id === cue.id && settled !== cue) story.reload();
    setSettled(cue);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever these rest
  useEffect(() => {
    if (kind === "saving") return;
    const timer = setTimeout(() => settle(), settleMs);
    return () => clearTimeout(timer);
  }, [kind, cue]);
  return story;
}

function Facts({ provenance }: { provenance: CueProvenance }) {
  const t = useTranslations("studio.origin");
  const quantities = useQuantities();
  const { engine, model, jobId, at, chunks, terms, translation, matched } = provenance;
  const facts: [string, ReactNode][] = [];
  const made = [engine, model].filter(Boolean).join(" · ");
  if (made) facts.push([t("engine"), made]);
  if (at) facts.push([t("at"), quantities.exactTime(at)]);
  if (chunks) facts.push([t("chunks"), <Chunks key="chunks" chunks={chunks} />]);
  if (translation) {
    facts.push([t("way"), t(`ways.${translation.way}`)]);
    facts.push([t("source"), translation.sourceText]);
  }
  if (terms && terms.length > 0) facts.push([t("terms"), terms.join(", ")]);
  if (matched !== undefined) facts.push([t("matched"), `${Math.round(matched * 100)} %`]);
  if (jobId) {
    facts.push([
      t("job"),
      <TextLink key="job" href={routes.job(jobId)}>
        {t("jobOpen")}
      </TextLink>,
    ]);
  }
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {facts.map(([name, value]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-muted">{name}</dt>
          <dd className="whitespace-pre-line tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Pieces are counted from 1 for people. */
function Chunks({ chunks: [from, to] }: { chunks: [number, number] }) {
  const t = useTranslations("studio.origin");
  return from === to
    ? t("chunk", { from: from + 1 })
    : t("chunkRange", { from: from + 1, to: to + 1 });
}

/** The newest edits that are shown. */
const shownEdits = 10;

function Edits({ edits }: Pick<CueHistoryView, "edits">) {
  const t = useTranslations("studio.origin");
  const quantities = useQuantities();
  if (edits.length === 0) return <p className="border-t pt-2 text-ink-muted">{t("noEdits")}</p>;
  return (
    <section className="border-t pt-2">
      <h3 className="font-medium">{t("edits")}</h3>
      <ol className="mt-1 flex max-h-48 flex-col gap-1 overflow-y-auto">
        {edits
          .slice(-shownEdits)
          .reverse()
          .map(({ at, actor, kind, revision }) => (
            <li key={revision} className="flex flex-wrap justify-between gap-x-3">
              <span>
                {t(`edit.${kind}`)}
                <span className="text-ink-muted"> · {actor?.name ?? t("someone")}</span>
              </span>
              <time dateTime={at} className="text-ink-muted tabular-nums">
                {quantities.exactTime(at)}
              </time>
            </li>
          ))}
      </ol>
    </section>
  );
}
