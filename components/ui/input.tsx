import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Shared by everything that is typed into. 16 px on touch, or iOS zooms the page on focus. */
export const controlStyle = [
  "w-full rounded-base border border-control-line bg-surface text-ink placeholder:text-ink-faint",
  "pointer-coarse:text-md transition-colors duration-100 hover:border-ink-muted",
  "focus-visible:border-accent focus-visible:outline-offset-0",
  "aria-invalid:border-danger disabled:cursor-not-allowed disabled:opacity-60",
].join(" ");

interface InputProps extends Omit<ComponentProps<"input">, "size"> {
  size?: "md" | "lg";
}

/** A one-line text field. Inside `Field` it takes its label and error from there. */
export function Input({ className, size = "md", ...props }: InputProps) {
  return (
    <input
      {...props}
      className={cn(
        controlStyle,
        size === "lg" ? "h-11 px-3.5 text-md" : "h-9 px-3 text-base",
        className,
      )}
    />
  );
}

/** A field of several lines. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea {...props} className={cn(controlStyle, "min-h-20 px-3 py-2", className)} />;
}
