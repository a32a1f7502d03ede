import { cn } from "./cn";

/** A picture with two lines of subtitle in it. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6" className="fill-ink" />
      <rect x="5" y="12" width="14" height="2.5" rx="1.25" className="fill-canvas" />
      <rect x="8" y="16.5" width="8" height="2.5" rx="1.25" className="fill-canvas opacity-55" />
    </svg>
  );
}
