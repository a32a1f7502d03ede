"use client";

import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
} from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { controlStyle } from "@/components/ui/input";
import { afterPaint } from "@/lib/client/after-paint";
import type { Cue } from "@/lib/subtitles/model";
import { maxCueText } from "@/lib/subtitles/operations/limits";
import { useEditor } from "../editor-context";
import { useCommand, useRunCommand } from "../keys/keys-context";
import { useMediaQuery } from "../layout/use-media-query";
import { CueMeter } from "./cue-meter";
import { type TextKey, textKey } from "./text-keys";
import { useCueText } from "./use-cue-text";

interface CueTextFieldProps {
  cue: Cue;
  /** Where to go: to the next cue, or back to the row. */
  onClose: (to: "next" | "row") => void;
}

/** A touch keyboard has no Shift+Enter: Enter breaks the line, and there are buttons to finish. */
const touchQuery = "(pointer: coarse)";

/**
 * The open text of one cue. A plain field that React doesn't write to: the input method has it to
 * itself. What is typed is kept by itself, Enter goes on to the next, Escape puts the text back.
 */
export function CueTextField({ cue, onClose }: CueTextFieldProps) {
  const { profile, language } = useEditor();
  const t = useTranslations("editor.text");
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useCueText(cue, field);
  const touch = useMediaQuery(touchQuery);
  const meterId = useId();
  const metered = useDeferredValue(true, false);
  const onKeyDown = useTextKeys(cue, touch, () => {
    onClose("next");
    // Taking a field with the focus off the page makes the browser lay out what is half changed.
    field.current?.blur();
  });
  useOpening(field);
  const discard = () => {
    text.current?.putBack();
    onClose("row");
  };
  useCommand("cue.close", discard);

  return (
    <div className="flex flex-col gap-1.5">
      <textarea
        ref={field}
        data-cue-text
        lang={language}
        aria-label={t("label")}
        aria-describedby={meterId}
        defaultValue={cue.text}
        maxLength={maxCueText}
        rows={2}
        autoComplete="off"
        onInput={() => text.current?.input()}
        onCompositionStart={() => text.current?.compositionStart()}
        onCompositionEnd={() => text.current?.compositionEnd()}
        onBlur={() => text.current?.commit()}
        onKeyDown={onKeyDown}
        className={cn(
          controlStyle,
          "field-sizing-content resize-none overflow-hidden px-2 py-1 text-base transition-none",
        )}
      />
      {/* The text first: it can be written in while its figures are still being drawn. */}
      <div id={meterId} className="min-h-6.5">
        {metered ? <CueMeter text={cue.text} cue={cue} profile={profile} /> : null}
      </div>
      {touch ? (
        // The press must not take the focus first, or leaving the field would close it.
        // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside are the controls
        <div className="flex justify-end gap-2" onMouseDown={(event) => event.preventDefault()}>
          <Button onClick={discard}>{t("discard")}</Button>
          <Button variant="primary" onClick={() => onClose("next")}>
            {t("next")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** What keys do in a text beyond writing: finish it, or go on in a neighbour. */
function useTextKeys(cue: Cue, touch: boolean, finish: () => void) {
  const { session, dispatch } = useEditor();
  const run = useRunCommand();
  const toNeighbour = (step: 1 | -1): boolean => {
    const { ids } = session.document;
    const next = ids[ids.indexOf(cue.id) + step];
    if (next === undefined) return false;
    dispatch({ kind: "edit", cueId: next, caret: step === 1 ? "start" : "end" });
    return true;
  };
  const acts: Record<TextKey, () => boolean> = {
    up: () => toNeighbour(-1),
    down: () => toNeighbour(1),
    "merge-previous": () => session.document.ids[0] !== cue.id && run("cue.merge-previous"),
    finish: () => {
      if (touch) return false;
      finish();
      return true;
    },
  };
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { currentTarget: field, nativeEvent, keyCode } = event;
    const { key, shiftKey, ctrlKey, altKey, metaKey, isComposing } = nativeEvent;
    const meaning = textKey(
      { key, shiftKey, ctrlKey, altKey, metaKey, isComposing, keyCode },
      {
        ...{ text: field.value, from: field.selectionStart, to: field.selectionEnd },
        wraps: wraps(field),
      },
    );
    if (meaning !== undefined && acts[meaning]()) event.preventDefault();
  };
}

/** Whether some line of the text takes more than one on the screen. */
function wraps(field: HTMLTextAreaElement): boolean {
  const style = getComputedStyle(field);
  const padding = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom);
  const lines = (field.scrollHeight - padding) / Number.parseFloat(style.lineHeight);
  return Math.round(lines) > Math.max(2, field.value.split("\n").length);
}

/** Takes the focus, with the cursor where whoever opened the text wants it. */
function useOpening(field: React.RefObject<HTMLTextAreaElement | null>): void {
  const { selection } = useEditor();
  const place = useEffectEvent((target: HTMLTextAreaElement) => {
    const { caret } = selection.get();
    const { length } = target.value;
    const at = caret === "start" ? 0 : caret === "end" ? length : Math.min(caret, length);
    target.focus({ preventScroll: true });
    target.setSelectionRange(at, at);
    return afterPaint(() => target.scrollIntoView({ block: "nearest" }));
  });
  useEffect(() => (field.current ? place(field.current) : undefined), [field]);
}
