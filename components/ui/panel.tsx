import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

/** A bordered surface. */
export function Panel({ className, ...props }: ComponentProps<"section">) {
  return <section {...props} className={cn("rounded-base border bg-surface", className)} />;
}

interface PanelHeaderProps {
  title: ReactNode;
  /** Buttons and such, at the end of the line. */
  children?: ReactNode;
  className?: string;
}

/** The first line of a panel: its heading and what can be done with it. */
export function PanelHeader({ title, children, className }: PanelHeaderProps) {
  return (
    <div
      className={cn(
        "flex min-h-11 items-center justify-between gap-3 border-b px-4 py-1.5",
        className,
      )}
    >
      <h2 className="font-semibold text-base">{title}</h2>
      {children ? <div className="flex items-center gap-1.5">{children}</div> : null}
    </div>
  );
}

/** The inside of a panel. */
export function PanelBody({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} className={cn("p-4", className)} />;
}
