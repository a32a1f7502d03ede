"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useRef } from "react";
import { cn } from "@/components/ui/cn";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";

type Alignment = SubtitleStyle["alignment"];

/** As they lie on the number pad and on the picture. */
const rows: readonly (readonly Alignment[])[] = [
  [7, 8, 9],
  [4, 5, 6],
  [1, 2, 3],
];

const steps: Record<string, readonly [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** The place of an arrow key's or a number key's choice; undefined for other keys. */
export function alignmentByKey(key: string, from: Alignment): Alignment | undefined {
  const named = rows.flat().find((alignment) => String(alignment) === key);
  if (named) return named;
  const step = steps[key];
  if (!step) return undefined;
  const row = rows.findIndex((line) => line.includes(from));
  const column = rows[row]?.indexOf(from) ?? 0;
  return rows[row + step[0]]?.[column + step[1]] ?? from;
}

interface AlignmentGridProps {
  value: Alignment;
  mixed: boolean;
  disabled: boolean;
  onChange: (alignment: Alignment) => void;
}

/** Where on the picture lines stand: arrow keys go over the grid, digits as on the number pad. */
export function AlignmentGrid({ value, mixed, disabled, onChange }: AlignmentGridProps) {
  const t = useTranslations("style");
  const name = useId();
  const grid = useRef<HTMLFieldSetElement>(null);
  const choose = (alignment: Alignment) => {
    grid.current?.querySelector<HTMLInputElement>(`[value="${alignment}"]`)?.focus();
    if (mixed || alignment !== value) onChange(alignment);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = alignmentByKey(event.key, value);
    if (next === undefined) return;
    event.preventDefault();
    // Not the player's keys while the grid has the focus.
    event.stopPropagation();
    choose(next);
  };
  return (
    <fieldset
      ref={grid}
      disabled={disabled}
      onKeyDown={onKeyDown}
      className="grid h-19 w-29 shrink-0 grid-cols-3 gap-px overflow-hidden rounded-base border border-control-line bg-line p-0 disabled:opacity-60"
    >
      <legend className="sr-only">{t("alignment")}</legend>
      {rows.flat().map((alignment) => (
        <label
          key={alignment}
          title={t(`places.${alignment}`)}
          className={cn(
            "relative flex cursor-pointer items-center justify-center bg-surface text-ink-faint hover:bg-hover",
            "has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:z-10 has-focus-visible:outline-2 has-focus-visible:outline-accent",
          )}
        >
          <input
            type="radio"
            name={name}
            value={alignment}
            checked={!mixed && alignment === value}
            onChange={() => choose(alignment)}
            aria-label={t(`places.${alignment}`)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          <Lines alignment={alignment} />
        </label>
      ))}
    </fieldset>
  );
}

/** Two lines as they are aligned. */
function Lines({ alignment }: { alignment: Alignment }) {
  const side = ["items-start", "items-center", "items-end"][(alignment - 1) % 3];
  return (
    <span aria-hidden="true" className={cn("flex w-4 flex-col gap-0.75", side)}>
      <span className="h-0.5 w-full rounded-full bg-current" />
      <span className="h-0.5 w-2/3 rounded-full bg-current" />
    </span>
  );
}
