import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";

/**
 * A code of an authenticator app, or a recovery code. One field, so that a code can be pasted and
 * filled in by the browser; `maxLength` leaves room for the spaces that apps copy along.
 */
export function CodeInput({ className, ...props }: ComponentProps<typeof Input>) {
  return (
    <Input
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="characters"
      autoCorrect="off"
      spellCheck={false}
      maxLength={40}
      {...props}
      className={cn("font-mono tracking-wider", className)}
    />
  );
}
