import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

/** Decorative; the words beside it (or `aria-busy`) say what is going on. */
export function Spinner({ className }: { className?: string }) {
  return (
    <LoaderCircle
      aria-hidden="true"
      className={cn("size-4 shrink-0 animate-spin motion-reduce:animate-none", className)}
    />
  );
}
