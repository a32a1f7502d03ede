"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { controlStyle } from "@/components/ui/input";
import { formatPreciseClock, parseClock } from "@/lib/subtitles/time";

interface TimeFieldProps {
  label: string;
  /** The label is shown, not only read aloud. */
  labelled?: boolean;
  ms: number;
  /** Frames a second, for the small step; null: not known. */
  fps: number | null;
  disabled?: boolean;
  /** Sets it; false when that can't be. `stepped`: by an arrow key, which may come again. */
  onSet: (ms: number, stepped: boolean) => boolean;
  className?: string;
}

/** How far an arrow key moves a time, in ms; with Shift one frame. */
const stepMs = 100;

/**
 * A time that is typed ("1:02.5", "62,5") or moved by arrow keys: 0.1 seconds, with Shift a frame.
 * What is no time says so and isn't taken.
 */
export function TimeField(props: TimeFieldProps) {
  const { label, labelled = false, ms, fps, disabled = false, onSet, className } = props;
  const t = useTranslations("editor.times");
  const id = useId();
  /** What is being typed; null: nothing, the field shows the time as it is. */
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && parseClock(typed) === undefined;

  const take = () => {
    const next = typed === null ? undefined : parseClock(typed);
    if (next === undefined) return;
    if (next === ms || onSet(next, false)) setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") take();
    else if (event.key === "Escape" && typed !== null) setTyped(null);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const by = event.shiftKey ? 1000 / (fps && fps > 0 ? fps : 30) : stepMs;
      const from = (typed === null ? undefined : parseClock(typed)) ?? ms;
      const next = Math.max(0, Math.round(from + (event.key === "ArrowUp" ? by : -by)));
      if (onSet(next, true)) setTyped(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span className={cn("flex flex-col", className)}>
      {labelled ? (
        <span aria-hidden="true" className="text-ink-muted text-xs">
          {label}
        </span>
      ) : null}
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? id : undefined}
        disabled={disabled}
        value={typed ?? formatPreciseClock(ms)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => (wrong ? setTyped(null) : take())}
        onKeyDown={onKeyDown}
        className={cn(controlStyle, "h-7 px-1.5 text-sm tabular-nums")}
      />
      {wrong ? (
        <span id={id} role="alert" className="text-danger text-xs">
          {t("wrong")}
        </span>
      ) : null}
    </span>
  );
}
