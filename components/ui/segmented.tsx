import { clsx } from "clsx";
import type { ReactNode } from "react";

export interface Segment<Value extends string> {
  value: Value;
  label: string;
  /** Shown instead of the label, which is then read aloud only. */
  icon?: ReactNode;
}

interface SegmentedProps<Value extends string> {
  /** What is being chosen, for screen readers. */
  label: string;
  /** Unique on the page. */
  name: string;
  segments: readonly Segment<Value>[];
  /** `undefined` while it isn't known yet. */
  value: Value | undefined;
  onValueChange: (value: Value) => void;
  className?: string;
}

/** One of a few, all in sight. Native radio buttons: arrow keys and forms just work. */
export function Segmented<Value extends string>({
  label,
  name,
  segments,
  value,
  onValueChange,
  className,
}: SegmentedProps<Value>) {
  return (
    <fieldset className={clsx("inline-flex rounded-base bg-sunken p-0.5", className)}>
      <legend className="sr-only">{label}</legend>
      {segments.map((segment) => (
        <label
          key={segment.value}
          className={clsx(
            "relative inline-flex h-7 min-w-7 cursor-pointer items-center justify-center rounded-base px-2 text-ink-muted text-sm pointer-coarse:h-10 pointer-coarse:min-w-10",
            "transition-colors duration-100 hover:text-ink",
            "has-checked:bg-surface has-checked:text-ink has-checked:ring-1 has-checked:ring-line-strong",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent [&_svg]:size-4",
          )}
        >
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onValueChange(segment.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {segment.icon ? (
            <>
              {segment.icon}
              <span className="sr-only">{segment.label}</span>
            </>
          ) : (
            segment.label
          )}
        </label>
      ))}
    </fieldset>
  );
}
