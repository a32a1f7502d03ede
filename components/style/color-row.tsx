"use client";

import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { controlStyle } from "@/components/ui/input";
import { colorOf, rgbaOf } from "@/lib/subtitles/style";
import { useGestureEnd } from "./use-gesture-end";

interface ColorRowProps {
  label: string;
  /** "#rrggbb" or "#rrggbbaa". */
  value: string;
  mixed?: boolean;
  disabled: boolean;
  onPreview: (color: string) => void;
  onCommit: (color: string) => void;
}

/** A colour, from the system's own picker or as it is written. */
export function ColorRow(props: ColorRowProps) {
  const { label, value, mixed = false, disabled, onPreview, onCommit } = props;
  const t = useTranslations("style");
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  /** The picker knows nothing of how much shows through: that stays. */
  const picked = (hex: string) => colorOf({ ...rgbaOf(hex), alpha: rgbaOf(value).alpha });
  useGestureEnd(picker, () => picker.current && onCommit(picked(picker.current.value)));
  const finish = () => {
    if (typed === null) return;
    const color = readColor(typed);
    setTyped(null);
    if (color !== null && (mixed || color !== value)) onCommit(color);
  };
  return (
    <div className="flex min-h-8 items-center gap-2">
      <label htmlFor={id} className="w-20 shrink-0 text-ink-muted text-sm">
        {label}
      </label>
      <input
        ref={picker}
        type="color"
        aria-label={t("pick", { label })}
        value={colorOf({ ...rgbaOf(value), alpha: 255 })}
        disabled={disabled}
        onChange={(event) => onPreview(picked(event.target.value))}
        className="h-7 w-9 shrink-0 cursor-pointer rounded-base border border-control-line bg-surface p-0.5 disabled:cursor-not-allowed disabled:opacity-60"
      />
      <input
        id={id}
        autoComplete="off"
        spellCheck={false}
        value={typed ?? (mixed ? "" : value)}
        placeholder={mixed ? t("mixed") : undefined}
        aria-invalid={typed !== null && readColor(typed) === null ? true : undefined}
        disabled={disabled}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === "Enter") finish();
          else if (event.key === "Escape") setTyped(null);
        }}
        className={cn(controlStyle, "h-7 w-26 min-w-0 px-2 font-mono text-sm")}
      />
    </div>
  );
}

/** "#fff", "ffffff" or "#ffffffcc" as the style keeps it; null for what is no colour. */
export function readColor(text: string): string | null {
  const hex = text.trim().replace(/^#/, "").toLowerCase();
  if (/^[0-9a-f]{3}$/.test(hex)) return `#${[...hex].map((digit) => digit + digit).join("")}`;
  if (!/^[0-9a-f]{6}(?:[0-9a-f]{2})?$/.test(hex)) return null;
  return colorOf(rgbaOf(`#${hex}`));
}
