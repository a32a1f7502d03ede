import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface SettingRowProps {
  label: ReactNode;
  /** Below the label: what it is now, or what to know. */
  children?: ReactNode;
  /** What changes it. */
  control?: ReactNode;
  className?: string;
}

/** One setting of a `divide-y` list: its name, and on the other side what changes it. */
export function SettingRow({ label, children, control, className }: SettingRowProps) {
  return (
    <div
      className={cn(
        "flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3.5",
        className,
      )}
    >
      <div className="flex min-w-0 flex-1 basis-40 flex-col">
        <span className="font-medium">{label}</span>
        {children ? <div className="text-ink-muted text-sm">{children}</div> : null}
      </div>
      {control}
    </div>
  );
}
