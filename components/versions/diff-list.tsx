"use client";

import { ArrowRight, Equal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { CueSpeaker } from "@/components/speakers/cue-speaker";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { EmptyState } from "@/components/ui/state";
import { diffText } from "@/lib/subtitles/diff";
import { plainText } from "@/lib/subtitles/markup";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { ComparedCue, VersionDiffView } from "@/lib/tracks/schema";
import { type Difference, type DiffKind, isOfKind, kindsIn, placeOf } from "./diff-view";

/** So many differences are put on the page at a time. */
const pageSize = 100;

interface DiffListProps {
  diff: VersionDiffView;
  /** Somebody goes to a cue: the dialog is in the way. */
  onGone: () => void;
}

/** What came, went, was said otherwise or at another time. */
export function DiffList({ diff, onGone }: DiffListProps) {
  const t = useTranslations("versions.diff");
  const [kind, setKind] = useState<DiffKind>("all");
  const [shown, setShown] = useState(pageSize);
  const { counts, cues, style } = diff;
  if (counts.all === 0 && !style) {
    return <EmptyState icon={Equal} title={t("same")} description={t("sameHint")} />;
  }
  const kinds = kindsIn(cues);
  const chosen = kinds.includes(kind) ? kind : "all";
  const wanted = cues.filter((cue) => isOfKind(cue, chosen));
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-muted text-sm tabular-nums">{t("summary", counts)}</p>
      {style ? <Notice>{t("trackStyle")}</Notice> : null}
      {kinds.length > 2 ? (
        <Segmented
          label={t("filter")}
          name="diff-kind"
          segments={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={chosen}
          onValueChange={(value) => {
            setKind(value);
            setShown(pageSize);
          }}
          className="flex-wrap self-start"
        />
      ) : null}
      <ul className="flex flex-col">
        {wanted.slice(0, shown).map((difference) => (
          <Row
            key={`${difference.cueId}-${placeOf(difference)}`}
            difference={difference}
            onGone={onGone}
          />
        ))}
      </ul>
      {wanted.length > shown ? (
        <Button className="self-center" onClick={() => setShown(shown + pageSize)}>
          {t("more")}
        </Button>
      ) : counts.all > cues.length ? (
        <p className="text-center text-ink-muted text-sm">
          {t("moreThan", { count: cues.length })}
        </p>
      ) : null}
    </div>
  );
}

function Row({ difference, onGone }: { difference: Difference; onGone: () => void }) {
  const { dispatch, player, language, session } = useEditor();
  const t = useTranslations("versions.diff");
  const { cueId, before, after, aspects } = difference;
  const ms = placeOf(difference);
  const time = formatPreciseClock(ms);
  const goTo = () => {
    if (session.document.cue(cueId)) dispatch({ kind: "select", cueId, focus: true });
    player.seek(ms);
    onGone();
  };
  return (
    <li className="flex items-start gap-3 border-b py-2 last:border-b-0">
      <button
        type="button"
        aria-label={t("goTo", { time })}
        onClick={goTo}
        className="hit-area w-18 shrink-0 rounded-base text-left text-accent text-sm tabular-nums underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
      >
        {time}
      </button>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {before && after ? (
          <Changed before={before} after={after} aspects={aspects} />
        ) : (
          <Badge tone={after ? "success" : "danger"} className="self-start">
            {after ? t("added") : t("removed")}
          </Badge>
        )}
        <p lang={language} className="whitespace-pre-line">
          <Text before={before?.text ?? ""} after={after?.text ?? ""} />
        </p>
      </div>
    </li>
  );
}

interface ChangedProps {
  before: ComparedCue;
  after: ComparedCue;
  aspects: Difference["aspects"];
}

/** What changed beside the text. */
function Changed({ before, after, aspects }: ChangedProps) {
  const t = useTranslations("versions.diff");
  const span = ({ startMs, endMs }: ComparedCue) =>
    `${formatPreciseClock(startMs)} – ${formatPreciseClock(endMs)}`;
  return (
    <div className="flex flex-wrap gap-x-3 gap-y-1 text-sm empty:hidden">
      {aspects.includes("times") ? (
        <span className="inline-flex flex-wrap items-center gap-1 tabular-nums">
          <del className="text-ink-muted">{span(before)}</del>
          <ArrowRight aria-hidden="true" className="size-3.5 text-ink-faint" />
          <ins className="rounded-sm bg-accent-soft font-medium text-accent no-underline">
            {span(after)}
          </ins>
        </span>
      ) : null}
      {aspects.includes("speaker") ? (
        <span className="inline-flex items-center gap-1">
          <Speaker speaker={before.speaker} />
          <ArrowRight aria-hidden="true" className="size-3.5 text-ink-faint" />
          <Speaker speaker={after.speaker} />
        </span>
      ) : null}
      {aspects.includes("style") ? <span className="text-ink-muted">{t("style")}</span> : null}
    </div>
  );
}

function Speaker({ speaker }: { speaker: string | null }) {
  return speaker === null ? (
    <span className="text-ink-faint">–</span>
  ) : (
    <CueSpeaker speaker={speaker} />
  );
}

/** Both texts in one: what went is struck through, what came is marked. */
function Text({ before, after }: { before: string; after: string }) {
  if (before === after) return plainText(after);
  return diffText(before, after).map(({ kind, text }, index) => {
    const key = `${index}-${text}`;
    // A line break that comes or goes is seen by its sign.
    const content = kind === "same" ? text : text.replaceAll("\n", "↵\n");
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
