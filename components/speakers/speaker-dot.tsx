import { cn } from "@/components/ui/cn";

/** Hues far apart for neighbours in number, in degrees of oklch; none is that of an error. */
const hues = [255, 150, 70, 320, 195, 110, 290, 45];

/** The colour of a speaker; beside it always stands the name. */
export function SpeakerDot({ colour, className }: { colour: number; className?: string }) {
  const hue = hues[colour % hues.length];
  return (
    <span
      aria-hidden="true"
      style={{
        backgroundColor: hue === undefined ? "var(--ink-faint)" : `oklch(0.62 0.15 ${hue})`,
      }}
      className={cn("size-2 shrink-0 rounded-full", className)}
    />
  );
}
