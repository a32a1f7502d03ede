"use client";

import { Bold, CircleAlert, Italic } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { cn } from "@/components/ui/cn";
import { controlStyle } from "@/components/ui/input";
import { fontNamePattern, maxFontName, styleLimits } from "@/lib/subtitles/style/limits";
import { ColorRow } from "./color-row";
import { legibilityOf } from "./contrast";
import { NumberRow } from "./number-row";
import type { Styling } from "./use-styling";

/** The font that the product ships; libass and browsers draw it alike. */
const shippedFont = "Pretendard";

/** Font, size and colour. */
export function LetterFields({ styling }: { styling: Styling }) {
  const t = useTranslations("style");
  const { style, mixed, readOnly: disabled, preview, commit } = styling;
  return (
    <div className="flex flex-col gap-1">
      <FontRow styling={styling} />
      <NumberRow
        label={t("size")}
        value={style.fontSizePercent}
        mixed={mixed.has("fontSizePercent")}
        min={styleLimits.fontSizePercent[0]}
        max={styleLimits.fontSizePercent[1]}
        sliderMax={12}
        step={0.1}
        disabled={disabled}
        onPreview={(fontSizePercent) => preview({ fontSizePercent })}
        onCommit={(fontSizePercent) => commit({ fontSizePercent })}
      />
      <ColorRow
        label={t("color")}
        value={style.color}
        mixed={mixed.has("color")}
        disabled={disabled}
        onPreview={(color) => preview({ color })}
        onCommit={(color) => commit({ color })}
      />
      <Legible styling={styling} />
    </div>
  );
}

function FontRow({ styling }: { styling: Styling }) {
  const { style, mixed, readOnly, commit } = styling;
  const t = useTranslations("style");
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed?.trim() ?? "";
  const wrong = typed !== null && (name.length > maxFontName || !fontNamePattern.test(name));
  const finish = () => {
    setTyped(null);
    const same = name === style.fontFamily && !mixed.has("fontFamily");
    if (typed !== null && !wrong && !same) commit({ fontFamily: name });
  };
  const foreign = !mixed.has("fontFamily") && style.fontFamily !== shippedFont;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex min-h-8 items-center gap-2">
        <label htmlFor={id} className="w-20 shrink-0 text-ink-muted text-sm">
          {t("font")}
        </label>
        <input
          id={id}
          list={`${id}-fonts`}
          autoComplete="off"
          spellCheck={false}
          value={typed ?? (mixed.has("fontFamily") ? "" : style.fontFamily)}
          placeholder={mixed.has("fontFamily") ? t("mixed") : undefined}
          aria-invalid={wrong || undefined}
          disabled={readOnly}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === "Enter") finish();
            else if (event.key === "Escape") setTyped(null);
          }}
          className={cn(controlStyle, "h-7 min-w-0 flex-1 px-2 text-sm")}
        />
        <Weight styling={styling} />
        <datalist id={`${id}-fonts`}>
          <option value={shippedFont} />
        </datalist>
      </div>
      {foreign ? <p className="text-ink-muted text-xs">{t("foreignFont")}</p> : null}
    </div>
  );
}

/** Bold and italic. */
function Weight({ styling }: { styling: Styling }) {
  const t = useTranslations("style");
  const { style, mixed, readOnly: disabled, commit } = styling;
  return (
    <span className="flex shrink-0 gap-1">
      <Toggle
        label={t("bold")}
        on={style.bold && !mixed.has("bold")}
        disabled={disabled}
        onToggle={() => commit({ bold: mixed.has("bold") || !style.bold })}
      >
        <Bold aria-hidden="true" />
      </Toggle>
      <Toggle
        label={t("italic")}
        on={style.italic && !mixed.has("italic")}
        disabled={disabled}
        onToggle={() => commit({ italic: mixed.has("italic") || !style.italic })}
      >
        <Italic aria-hidden="true" />
      </Toggle>
    </span>
  );
}

interface ToggleProps {
  label: string;
  on: boolean;
  disabled: boolean;
  onToggle: () => void;
  children: ReactNode;
}

function Toggle({ label, on, disabled, onToggle, children }: ToggleProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={on}
      disabled={disabled}
      onClick={onToggle}
      className={cn(
        buttonStyle({ variant: "quiet", size: "sm", shape: "icon" }),
        on && "bg-accent-soft text-accent",
      )}
    >
      {children}
    </button>
  );
}

/** Says when letters won't be read on every picture. */
function Legible({ styling: { style, mixed } }: { styling: Styling }) {
  const t = useTranslations("style");
  const found = legibilityOf(style);
  if (mixed.size > 0 || found.kind === "good") return null;
  return (
    <p role="status" className="flex items-start gap-1.5 text-sm text-warning">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {found.kind === "bare" ? t("bare") : t("lowContrast", { ratio: found.ratio.toFixed(1) })}
    </p>
  );
}
