import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  /** At the end of the heading's line. */
  action?: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}

/** A part of the dialog under its own heading. */
export function Section({ title, action, hint, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-2">
      <div className="flex min-h-7 items-center justify-between gap-3">
        <h3 className="font-semibold text-base">{title}</h3>
        {action}
      </div>
      {hint ? <p className="text-ink-muted text-sm">{hint}</p> : null}
      {children}
    </section>
  );
}
