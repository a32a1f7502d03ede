import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface FieldControl {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

interface FieldProps {
  /** Unique on the page; the control's `id`. */
  id: string;
  label: ReactNode;
  /** Shown beside the label, e.g. a link. */
  aside?: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
  /** Gets what ties the control to its label, hint and error. */
  children: (control: FieldControl) => ReactNode;
}

/** A label, a control, and below it what is wrong, or else a hint. */
export function Field({ id, label, aside, hint, error, className, children }: FieldProps) {
  const noteId = `${id}-note`;
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium text-base">
          {label}
        </label>
        {aside}
      </div>
      {children({
        id,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": error || hint ? noteId : undefined,
      })}
      {error ? (
        <p id={noteId} className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      ) : hint ? (
        <p id={noteId} className="text-ink-muted text-sm">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
