import type { Cue } from "@/lib/subtitles/model";
import { lineWidths, type RuleProfile, readingSpeed } from "@/lib/subtitles/rules";

/** One measure of a cue beside its limit. */
export interface CueMeasure {
  kind: "lineWidth" | "lines" | "speed";
  value: number;
  limit: number;
  over: boolean;
}

/**
 * What the rules of the language say to a text: the widest line (characters), the number of
 * lines, and the reading speed (characters a second, to one decimal). An empty text is fine.
 */
export function measureCue(
  text: string,
  { startMs, endMs }: Pick<Cue, "startMs" | "endMs">,
  profile: RuleProfile,
): CueMeasure[] {
  const written = text.trim();
  const widths = written === "" ? [] : lineWidths(written, profile);
  const speed = Math.round(readingSpeed(written, endMs - startMs, profile) * 10) / 10;
  const measure = (kind: CueMeasure["kind"], value: number, limit: number): CueMeasure => ({
    kind,
    value,
    limit,
    over: value > limit,
  });
  return [
    measure("lineWidth", Math.max(0, ...widths), profile.maxLineWidth),
    measure("lines", widths.length, profile.maxLines),
    measure("speed", speed, profile.maxCharsPerSecond),
  ];
}
