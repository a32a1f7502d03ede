"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { controlStyle } from "@/components/ui/input";
import { useGestureEnd } from "./use-gesture-end";

interface NumberRowProps {
  label: string;
  value: number;
  mixed?: boolean;
  min: number;
  max: number;
  /** Where the slider ends; most looks need only a part of what is allowed. Default: `max`. */
  sliderMax?: number;
  step: number;
  disabled: boolean;
  onPreview: (value: number) => void;
  onCommit: (value: number) => void;
}

/** A number in percent of the picture: a slider to try, a field to say it exactly. */
export function NumberRow(props: NumberRowProps) {
  const { label, value, mixed = false, min, max, sliderMax = max, step, disabled } = props;
  const id = useId();
  const slider = useRef<HTMLInputElement>(null);
  useGestureEnd(slider, () => slider.current && props.onCommit(Number(slider.current.value)));
  return (
    <div className="flex min-h-8 items-center gap-2">
      <label htmlFor={id} className="w-20 shrink-0 text-ink-muted text-sm">
        {label}
      </label>
      <input
        ref={slider}
        type="range"
        aria-label={label}
        tabIndex={-1}
        min={min}
        max={sliderMax}
        step={step}
        value={Math.min(value, sliderMax)}
        disabled={disabled}
        onChange={(event) => props.onPreview(Number(event.target.value))}
        className="h-6 min-w-0 flex-1 cursor-pointer accent-accent disabled:cursor-not-allowed"
      />
      <PercentField {...{ id, value, mixed, min, max, step, disabled }} onCommit={props.onCommit} />
    </div>
  );
}

interface PercentFieldProps {
  id: string;
  value: number;
  mixed: boolean;
  min: number;
  max: number;
  step: number;
  disabled: boolean;
  onCommit: (value: number) => void;
}

function PercentField({ id, value, mixed, min, max, step, disabled, onCommit }: PercentFieldProps) {
  const t = useTranslations("style");
  const [typed, setTyped] = useState<string | null>(null);
  const read = (text: string): number | null => {
    const number = Number(text.trim().replace(",", "."));
    if (text.trim() === "" || !Number.isFinite(number)) return null;
    return Math.min(max, Math.max(min, Math.round(number * 100) / 100));
  };
  const finish = () => {
    if (typed === null) return;
    const next = read(typed);
    setTyped(null);
    if (next !== null && (mixed || next !== value)) onCommit(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === "Enter") finish();
    else if (event.key === "Escape") setTyped(null);
    else if (direction !== undefined) {
      event.preventDefault();
      const from = (typed === null ? null : read(typed)) ?? value;
      const next = read(String(from + direction * step * (event.shiftKey ? 10 : 1)));
      setTyped(null);
      if (next !== null) onCommit(next);
    }
  };
  return (
    <span className="relative w-18 shrink-0">
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={typed ?? (mixed ? "" : String(value))}
        placeholder={mixed ? t("mixed") : undefined}
        disabled={disabled}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={finish}
        onKeyDown={onKeyDown}
        className={cn(controlStyle, "h-7 px-2 pr-5 text-right text-sm tabular-nums")}
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-1.5 flex items-center text-ink-faint text-xs"
      >
        %
      </span>
    </span>
  );
}
