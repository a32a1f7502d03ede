/** A colour as its parts: 0..255 each, alpha 0 (invisible) to 255. */
export interface Rgba {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

/** Reads "#rrggbb" or "#rrggbbaa"; anything else is opaque white. */
export function rgbaOf(color: string): Rgba {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})?$/i.exec(color);
  const [red = 255, green = 255, blue = 255, alpha = 255] = (match ?? [])
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number.parseInt(part, 16)));
  return { red, green, blue, alpha };
}

/** Writes "#rrggbb", with alpha only where it isn't opaque. */
export function colorOf({ red, green, blue, alpha }: Rgba): string {
  const hex = (part: number) =>
    Math.min(255, Math.max(0, Math.round(part)))
      .toString(16)
      .padStart(2, "0");
  return `#${hex(red)}${hex(green)}${hex(blue)}${alpha >= 255 ? "" : hex(alpha)}`;
}

/** The colour of the shadow under letters: that of their edge, half as dense. */
export function shadowColor(outlineColor: string): string {
  const color = rgbaOf(outlineColor);
  return colorOf({ ...color, alpha: color.alpha / 2 });
}
