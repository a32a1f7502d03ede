import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface SectionProps {
  /** Also the anchor; the heading is `${id}-title`. */
  id: string;
  title: string;
  description?: string;
  className?: string;
  children: ReactNode;
}

/** A part of a public page: its heading to the left of or above what it shows. */
export function Section({ id, title, description, className, children }: SectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className={cn("mx-auto w-full max-w-6xl px-4 py-12 sm:px-6 sm:py-16", className)}
    >
      <div className="mb-8 flex max-w-2xl flex-col gap-3 sm:mb-10">
        <h2 id={`${id}-title`} className="font-semibold text-2xl tracking-tight sm:text-3xl">
          {title}
        </h2>
        {description ? (
          <p className="text-ink-muted text-pretty sm:text-lg">{description}</p>
        ) : null}
      </div>
      {children}
    </section>
  );
}
