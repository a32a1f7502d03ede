"use client";

import { Switch as Base } from "@base-ui/react/switch";
import { type ReactNode, useId } from "react";

interface SwitchProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  name?: string;
  disabled?: boolean;
}

/** On or off, taking effect at once. */
export function Switch({ label, hint, ...props }: SwitchProps) {
  // Said outright: the base switch finds its label only once the page is hydrated.
  const labelId = useId();
  return (
    // The base switch renders the checkbox that this label belongs to.
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is inside, rendered by Base.Root
    <label className="flex min-h-9 cursor-pointer items-center justify-between gap-4 pointer-coarse:min-h-11">
      <span className="flex flex-col">
        <span id={labelId}>{label}</span>
        {hint ? <span className="text-ink-muted text-sm">{hint}</span> : null}
      </span>
      <Base.Root
        {...props}
        aria-labelledby={labelId}
        className="flex h-6 w-10 shrink-0 rounded-full bg-control-line p-0.5 transition-colors duration-150 data-checked:bg-accent data-disabled:opacity-50"
      >
        <Base.Thumb className="size-5 rounded-full bg-surface transition-transform duration-150 ease-out data-checked:translate-x-4" />
      </Base.Root>
    </label>
  );
}
