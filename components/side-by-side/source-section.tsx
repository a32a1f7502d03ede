"use client";

import { ArrowRightLeft, Check, Copy, FileClock } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEditor, useSelection } from "@/components/editor/editor-context";
import { CommandKeys } from "@/components/editor/keys/command-keys";
import { Button } from "@/components/ui/button";
import { diffText } from "@/lib/subtitles/diff";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { formatPreciseClock } from "@/lib/subtitles/time";
import { targetName } from "@/lib/translation/targets";
import { RetranslateButton } from "./retranslate-button";
import { useIsStale, useSideBySide } from "./side-by-side-context";
import { usePair } from "./source-cell";
import { useSourceActions } from "./use-source-actions";

/** What the chosen cue says in the language beside it, and what can be done with that. */
export function SourceSection({ cue }: { cue: Cue }) {
  const { readOnly, openTrack, player } = useEditor();
  const t = useTranslations("sidebyside");
  const locale = useLocale();
  const { source, beside } = useSideBySide();
  const other = source ?? beside;
  const pair = usePair(cue, other);
  const stale = useIsStale(cue.id);
  const { accept, copy, chosen } = useSourceActions();
  const range = useSelection((selection) => selection.range);
  if (!other) return null;
  const language = targetName(other.language, locale);
  return (
    <section className="flex flex-col gap-2 border-t pt-3">
      <h3 className="flex items-baseline justify-between gap-2 font-medium text-sm">
        {t(other === source ? "sourceIn" : "otherIn", { language })}
        {pair ? (
          <span className="font-normal text-ink-muted text-xs tabular-nums">
            {formatPreciseClock(pair.startMs)}
          </span>
        ) : null}
      </h3>
      {stale ? <Change cue={cue} now={pair?.text} /> : null}
      {pair ? (
        <button
          type="button"
          title={t("play")}
          onClick={() => player.seek(pair.startMs)}
          className="rounded-base bg-sunken px-2 py-1.5 text-left hover:bg-hover"
        >
          <span lang={other.language} className="whitespace-pre-line">
            {plainText(pair.text)}
          </span>
        </button>
      ) : (
        <p className="text-ink-faint text-sm">{t(stale ? "gone" : "none")}</p>
      )}
      <div className="flex flex-wrap gap-1.5">
        {readOnly ? null : (
          <>
            {stale ? (
              <Button size="sm" onClick={() => accept([cue.id])}>
                <Check aria-hidden="true" />
                {t("accept")}
                <CommandKeys id="source.accept" />
              </Button>
            ) : null}
            {source ? (
              <RetranslateButton cueIds={range.size > 0 ? chosen() : [cue.id]} byKey>
                {t("retranslate.action")}
              </RetranslateButton>
            ) : null}
            {pair ? (
              <Button size="sm" onClick={() => copy()}>
                <Copy aria-hidden="true" />
                {t("copy")}
                <CommandKeys id="source.copy" />
              </Button>
            ) : null}
          </>
        )}
        <Button size="sm" variant="quiet" onClick={() => openTrack(other.trackId, pair?.id)}>
          <ArrowRightLeft aria-hidden="true" />
          {t("open", { language })}
        </Button>
      </div>
    </section>
  );
}

/** How the source differs from the text that was translated. */
function Change({ cue, now }: { cue: Cue; now: string | undefined }) {
  const t = useTranslations("sidebyside");
  const before = cue.provenance?.translation?.sourceText ?? "";
  return (
    <div className="flex flex-col gap-1 rounded-base bg-warning-soft px-2 py-1.5 text-sm">
      <p className="flex items-center gap-1.5 text-warning">
        <FileClock aria-hidden="true" className="size-4 shrink-0" />
        {t("stale")}
      </p>
      <p>
        <span className="text-ink-muted">{t("staleBefore")}: </span>
        {diffText(plainText(before), plainText(now ?? ""))
          .filter(({ kind }) => kind !== "added")
          .map(({ kind, text }, index) =>
            kind === "removed" ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
              <del key={index} className="text-danger">
                {text}
              </del>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
              <span key={index}>{text}</span>
            ),
          )}
      </p>
    </div>
  );
}
