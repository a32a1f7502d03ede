import NextLink from "next/link";
import type { ComponentProps } from "react";
import { type ButtonStyle, buttonStyle } from "./button-style";
import { cn } from "./cn";

type LinkProps = ComponentProps<typeof NextLink>;

/** A link within text. */
export function TextLink({ className, ...props }: LinkProps) {
  return (
    <NextLink
      {...props}
      className={cn(
        "rounded-base font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent",
        className,
      )}
    />
  );
}

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink({ className, variant, size, ...props }: LinkProps & ButtonStyle) {
  return <NextLink {...props} className={cn(buttonStyle({ variant, size }), className)} />;
}
