import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A key of the keyboard. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      {...props}
      className={cn(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-base border bg-sunken px-1 font-sans text-ink-muted text-xs",
        className,
      )}
    />
  );
}
