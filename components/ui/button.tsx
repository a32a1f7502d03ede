import type { ComponentProps } from "react";
import { type ButtonStyle, buttonStyle } from "./button-style";
import { cn } from "./cn";
import { Spinner } from "./spinner";

interface ButtonProps extends ComponentProps<"button">, ButtonStyle {
  /** Work is under way: shows a spinner and ignores presses, but keeps the focus and the width. */
  pending?: boolean;
}

/** A button; `type="button"` unless told otherwise. */
export function Button({
  className,
  variant,
  size,
  pending = false,
  children,
  onClick,
  type = "button",
  ...props
}: ButtonProps) {
  return (
    <button
      {...props}
      type={type}
      aria-busy={pending || undefined}
      aria-disabled={pending || props["aria-disabled"]}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={cn(buttonStyle({ variant, size }), className)}
    >
      {pending ? <Spinner /> : null}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label">, ButtonStyle {
  /** Read aloud and, with `Tooltip`, shown: an icon alone says too little. */
  label: string;
}

/** A square button with one icon. */
export function IconButton({
  className,
  variant = "quiet",
  size,
  label,
  type = "button",
  ...props
}: IconButtonProps) {
  return (
    <button
      {...props}
      type={type}
      aria-label={label}
      className={cn(buttonStyle({ variant, size, shape: "icon" }), className)}
    />
  );
}
