"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { popupItemStyle, popupStyle } from "./popup-style";

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** A second, quieter line. */
  hint?: string;
}

interface SelectProps<Value extends string> {
  /** The control's `id`, for its `Field`'s label. */
  id?: string;
  /** Needed when no `Field` labels it. */
  label?: string;
  options: readonly SelectOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  /** Shown before the chosen label. */
  icon?: ReactNode;
  /** Sends the value with its form. */
  name?: string;
  disabled?: boolean;
  size?: "sm" | "md";
  className?: string;
}

/** Chooses one of a list; typing finds an option. */
export function Select<Value extends string>({
  id,
  label,
  options,
  value,
  onValueChange,
  icon,
  size = "md",
  className,
  ...props
}: SelectProps<Value>) {
  return (
    <Base.Root<Value>
      {...props}
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
    >
      <Base.Trigger
        id={id}
        aria-label={label}
        className={cn(
          "hit-area inline-flex items-center gap-2 rounded-base border border-control-line bg-surface text-left text-base",
          "transition-colors duration-100 hover:border-ink-muted data-disabled:opacity-60",
          size === "sm" ? "h-7 px-2 text-sm" : "h-9 px-3",
          className,
        )}
      >
        {icon}
        <Base.Value className="min-w-0 flex-1 truncate" />
        <Base.Icon>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 text-ink-muted" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className={cn(popupStyle, "min-w-(--anchor-width)")}>
            <Base.List className="outline-none">
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className={cn(popupItemStyle, "pr-8 data-selected:pr-2")}
                >
                  <span className="flex min-w-0 flex-1 flex-col py-1">
                    <Base.ItemText>{option.label}</Base.ItemText>
                    {option.hint ? (
                      <span className="text-ink-muted text-sm">{option.hint}</span>
                    ) : null}
                  </span>
                  <Base.ItemIndicator>
                    <Check aria-hidden="true" />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
