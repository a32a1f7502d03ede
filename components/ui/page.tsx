import type { ReactNode } from "react";
import { cn } from "./cn";

interface PageFrameProps {
  /** `text` for forms, `normal` for lists, `wide` for a video beside its cues. */
  width?: "text" | "normal" | "wide";
  className?: string;
  children: ReactNode;
}

const widths = { text: "max-w-2xl", normal: "max-w-6xl", wide: "max-w-[100rem]" } as const;

/** The width and the margins of a studio page. */
export function PageFrame({ width = "normal", className, children }: PageFrameProps) {
  return (
    <div className={cn("mx-auto w-full px-4 py-6 sm:px-6 sm:py-8", widths[width], className)}>
      {children}
    </div>
  );
}

interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons of the page. */
  actions?: ReactNode;
  className?: string;
}

/** The page's heading, and what can be done here. */
export function PageHeader({ title, description, actions, className }: PageHeaderProps) {
  return (
    <header
      className={cn("mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3", className)}
    >
      <div className="flex min-w-0 flex-col gap-1">
        <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
        {description ? <p className="text-ink-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
    </header>
  );
}
