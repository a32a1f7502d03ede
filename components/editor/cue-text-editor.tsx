"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { controlStyle } from "@/components/ui/input";
import type { TrackSession } from "@/lib/client/use-track";
import type { Cue } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { maxCueText } from "@/lib/tracks/schema";
import { finishesText, tidyText } from "./cue-list-state";
import { CueMeter } from "./cue-meter";

interface CueTextEditorProps {
  session: TrackSession;
  cue: Cue;
  profile: RuleProfile;
  language: string;
  /** Where to go: to the next cue, back to the row, or nowhere because the focus has left. */
  onClose: (to: "next" | "row" | "elsewhere") => void;
}

const onTouch = () => window.matchMedia("(pointer: coarse)").matches;

/**
 * The open text of one cue. A plain field: the input method has it to itself. Enter, leaving the
 * field and leaving the page save; Escape does not.
 */
export function CueTextEditor(props: CueTextEditorProps) {
  const { session, cue, profile, language } = props;
  const t = useTranslations("studio.editor");
  const [text, setText] = useState(cue.text);
  const field = useRef<HTMLTextAreaElement>(null);
  const close = useWriting({ ...props, text, field });
  const meterId = useId();

  return (
    <div className="flex flex-col gap-1.5">
      <textarea
        ref={field}
        lang={language}
        aria-label={t("textLabel")}
        aria-describedby={meterId}
        value={text}
        maxLength={maxCueText}
        rows={Math.max(2, text.split("\n").length)}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          session.document.setTyped(cue.id, event.target.value);
        }}
        onKeyDown={(event) => {
          const { key, shiftKey, keyCode } = event;
          const { isComposing } = event.nativeEvent;
          // A touch keyboard has no Shift+Enter; the buttons below finish there.
          if (finishesText({ key, shiftKey, isComposing, keyCode }) && !onTouch()) {
            event.preventDefault();
            close("next");
          } else if (key === "Escape" && !isComposing) {
            event.preventDefault();
            event.stopPropagation();
            close("row");
          }
        }}
        // The window lost the focus, not the field: the person comes back to it.
        onBlur={() => document.activeElement !== field.current && close("elsewhere")}
        className={cn(controlStyle, "field-sizing-content resize-none px-2.5 py-1.5 text-base")}
      />
      <CueMeter id={meterId} text={text} cue={cue} profile={profile} />
      <p className="hidden text-ink-faint text-xs pointer-fine:block">{t("editHint")}</p>
      {/* The press must not take the focus first, or leaving the field would close it. */}
      <div
        className="hidden justify-end gap-2 pointer-coarse:flex"
        onPointerDown={(event) => event.preventDefault()}
      >
        <Button onClick={() => close("row")}>{t("discard")}</Button>
        <Button variant="primary" onClick={() => close("next")}>
          {t("saveNext")}
        </Button>
      </div>
    </div>
  );
}

type Destination = Parameters<CueTextEditorProps["onClose"]>[0];

interface Writing extends CueTextEditorProps {
  text: string;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** Takes the focus, and sees to it that what was written is saved once, however writing ends. */
function useWriting({ session, cue, text, field, onClose }: Writing): (to: Destination) => void {
  const { queue, document: track } = session;
  const finished = useRef(false);
  const savedText = useRef(cue.text);
  /** What the person had seen when the writing began; what came later may be a conflict. */
  const [baseRevision] = useState(queue.revision);

  const save = () => {
    const tidy = tidyText(text);
    if (tidy === savedText.current) return;
    savedText.current = tidy;
    void queue.add({ cueId: cue.id, text: tidy, baseRevision });
  };
  const finish = (keep: boolean) => {
    if (finished.current) return;
    finished.current = true;
    if (keep) save();
    track.setTyped(cue.id, undefined);
  };

  const onHidden = useEffectEvent(() => {
    if (!finished.current && document.visibilityState === "hidden") save();
  });
  const onGone = useEffectEvent(() => finish(true));
  useEffect(() => {
    const target = field.current;
    finished.current = false;
    target?.focus({ preventScroll: true });
    target?.setSelectionRange(target.value.length, target.value.length);
    target?.scrollIntoView({ block: "nearest" });
    const listener = () => onHidden();
    document.addEventListener("visibilitychange", listener);
    return () => {
      document.removeEventListener("visibilitychange", listener);
      onGone();
    };
  }, [field]);

  return (to) => {
    if (finished.current) return;
    finish(to !== "row");
    onClose(to);
  };
}
