import { cn } from "./cn";

interface ProgressProps {
  /** 0 to 100; `undefined` while the end is unknown. */
  value: number | undefined;
  /** What is progressing, for screen readers. */
  label: string;
  /** Spoken instead of the bare percentage, e.g. "45 %, 2 minutes left". */
  valueText?: string;
  tone?: "accent" | "success" | "warning" | "danger";
  className?: string;
}

const fill = {
  accent: "bg-accent",
  success: "bg-success",
  warning: "bg-warning",
  danger: "bg-danger",
} as const;

/** A thin bar. Moves by transform only, so that a bar updated often costs no layout. */
export function Progress({ value, label, valueText, tone = "accent", className }: ProgressProps) {
  const percent = value === undefined ? undefined : Math.min(100, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent === undefined ? undefined : Math.floor(percent)}
      aria-valuetext={valueText}
      className={cn("h-1.5 overflow-hidden rounded-full bg-hover", className)}
    >
      <div
        className={cn(
          "h-full origin-left rounded-full transition-transform duration-300 ease-out",
          fill[tone],
          percent === undefined &&
            "w-1/3 animate-indeterminate motion-reduce:w-full motion-reduce:opacity-40",
        )}
        style={percent === undefined ? undefined : { transform: `scaleX(${percent / 100})` }}
      />
    </div>
  );
}
