import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Stands in for content on its way; give it the content's final size so that nothing jumps. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      {...props}
      aria-hidden="true"
      className={cn("animate-pulse rounded-base bg-hover motion-reduce:animate-none", className)}
    />
  );
}
