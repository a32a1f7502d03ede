import type { SubtitleStyle } from "@/lib/subtitles/style/types";

type Point = NonNullable<SubtitleStyle["position"]>;

/** The point on which lines stand by their margins, so that nothing jumps when it becomes theirs. */
export function pointOf(style: SubtitleStyle): Point {
  if (style.position) return style.position;
  const { alignment, marginHorizontalPercent: side, marginVerticalPercent: edge } = style;
  return {
    xPercent: [side, 50, 100 - side][(alignment - 1) % 3] ?? 50,
    yPercent: [100 - edge, 50, edge][Math.floor((alignment - 1) / 3)] ?? 50,
  };
}

/** A point moved and kept on the picture, to a tenth of a percent. */
export function movedPoint({ xPercent, yPercent }: Point, x: number, y: number): Point {
  return { xPercent: onPicture(xPercent + x), yPercent: onPicture(yPercent + y) };
}

const onPicture = (percent: number) => Math.min(100, Math.max(0, Math.round(percent * 10) / 10));
