"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { useSpeakersOfVideo } from "@/components/speakers/speakers-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useErrorText } from "@/components/ui/request-error";
import { ApiError } from "@/lib/client/api";
import type { OpenConflict } from "@/lib/client/edits/edit-queue";
import { plainText } from "@/lib/subtitles/markup";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { CueValue } from "@/lib/tracks/schema";
import { useEditor, useSelection } from "./editor-context";

/**
 * Asks, one after the other, what only the person can decide: two people set the same, or the cue
 * isn't there any more. Opens by itself, but never into somebody's typing.
 */
export function ConflictDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { session } = useEditor();
  const { queue } = session;
  const t = useTranslations("editor.conflict");
  const common = useTranslations("common");
  const { conflicts } = useSyncExternalStore(queue.subscribe, queue.getState, queue.getState);
  const writing = useSelection(({ editing }) => editing);
  const count = conflicts.length;
  useEffect(() => {
    if (count > 0 && !writing) onOpenChange(true);
  }, [count, writing, onOpenChange]);
  const [conflict] = conflicts;
  const keep = (choice: "mine" | "theirs") => conflict && queue.resolve(conflict.id, choice);
  return (
    <Dialog
      open={open && conflict !== undefined}
      onOpenChange={onOpenChange}
      title={t(`title.${conflict?.kind ?? "changed"}`)}
      description={conflict ? <Subject conflict={conflict} left={count} /> : null}
      closeLabel={common("close")}
      className="sm:max-w-lg"
      footer={
        <>
          <Button onClick={() => keep("theirs")}>
            {t(`theirs.${conflict?.kind ?? "changed"}`)}
          </Button>
          <Button variant="primary" onClick={() => keep("mine")}>
            {t(`mine.${conflict?.kind ?? "changed"}`)}
          </Button>
        </>
      }
    >
      {conflict ? <Values conflict={conflict} /> : null}
    </Dialog>
  );
}

/** What it is about: when the cue shows, which property, who the other is. */
function Subject({ conflict, left }: { conflict: OpenConflict; left: number }) {
  const { session } = useEditor();
  const t = useTranslations("editor.conflict");
  const errorText = useErrorText();
  const { cueId, property, kind, by, code, yours } = conflict;
  const cue = session.document.cue(cueId) ?? session.document.confirmedCue(cueId);
  const name = by?.name ?? t("somebody");
  const sentence =
    kind === "refused"
      ? errorText(new ApiError(code ?? "internal"))
      : kind === "gone"
        ? t("about.gone", { name })
        : cueId === ""
          ? t("about.track", { name })
          : t(`about.${property === "existence" && yours === null ? "removed" : property}`, {
              name,
              time: formatPreciseClock(cue?.startMs ?? 0),
            });
  return (
    <>
      {sentence}
      {left > 1 ? ` ${t("left", { count: left - 1 })}` : null}
    </>
  );
}

function Values({ conflict }: { conflict: OpenConflict }) {
  const t = useTranslations("editor.conflict");
  if (conflict.kind !== "changed") {
    const text = typeof conflict.yours === "string" ? conflict.yours : null;
    return text === null ? null : (
      <Value label={t("yours")}>
        <Words text={text} />
      </Value>
    );
  }
  return (
    <dl className="grid gap-3 sm:grid-cols-2">
      <Value label={t("yours")}>
        <ValueText conflict={conflict} value={conflict.yours} />
      </Value>
      <Value label={t("others")}>
        <ValueText conflict={conflict} value={conflict.theirs} />
      </Value>
    </dl>
  );
}

function Value({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <dt className="font-medium text-ink-muted text-sm">{label}</dt>
      <dd className="min-h-16 flex-1 whitespace-pre-line rounded-base border bg-surface px-3 py-2">
        {children}
      </dd>
    </div>
  );
}

function ValueText({ conflict, value }: { conflict: OpenConflict; value: CueValue }) {
  const t = useTranslations("editor.conflict");
  const speakers = useSpeakersOfVideo();
  if (conflict.property === "speaker") {
    if (value === null) return t("nobody");
    return typeof value === "string" ? (speakers?.nameOf(value) ?? value) : null;
  }
  if (value === null) return t(conflict.property === "style" ? "usualStyle" : "removed");
  if (typeof value === "string") return <Words text={value} />;
  if ("startMs" in value && "endMs" in value) {
    return (
      <span className="tabular-nums">
        {formatPreciseClock(value.startMs)} – {formatPreciseClock(value.endMs)}
      </span>
    );
  }
  return <StyleFacts style={value} />;
}

function Words({ text }: { text: string }) {
  const { language } = useEditor();
  const t = useTranslations("editor.list");
  const plain = plainText(text);
  return plain.trim() === "" ? (
    <span className="text-ink-faint">{t("emptyText")}</span>
  ) : (
    <span lang={language}>{plain}</span>
  );
}

/** What a style sets, name by name. */
function StyleFacts({ style }: { style: object }) {
  const t = useTranslations("editor.styleFacts");
  const facts = Object.entries(style).filter(([name]) => t.has(name as never));
  return (
    <ul className="text-sm">
      {facts.map(([name, value]) => (
        <li key={name}>
          {t(name as Parameters<typeof t>[0])}: {valueInWords(value)}
        </li>
      ))}
    </ul>
  );
}

function valueInWords(value: unknown): string {
  if (typeof value === "object" && value !== null) return Object.values(value).join(" · ");
  return String(value);
}

/** Whether the dialog is open, for the button that opens it again. */
export function useConflictDialog() {
  const [open, setOpen] = useState(false);
  return { open, onOpenChange: setOpen };
}
