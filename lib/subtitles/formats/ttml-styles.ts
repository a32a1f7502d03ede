/** What of a style counts here; absent: not said. */
export interface RegionStyle {
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
  textAlign?: string;
  displayAlign?: string;
  /** Percent of the picture: where the region begins, and its size. */
  top?: number;
  height?: number;
}

/** The second of two lengths in percent, or in parts of a picture of a known size. */
function second(text: string | undefined): number | undefined {
  const length = text?.trim().split(/\s+/)[1];
  const value = Number.parseFloat(length ?? "");
  const percent = length?.endsWith("%") || length?.endsWith("rh");
  return percent && Number.isFinite(value) ? value : undefined;
}

/** Reads the attributes of a style, region or element, by local name. */
export function readStyle(attributes: ReadonlyMap<string, string>): RegionStyle {
  const style: RegionStyle = {};
  const weight = attributes.get("fontWeight");
  if (weight !== undefined) style.bold = weight === "bold";
  const slant = attributes.get("fontStyle");
  if (slant !== undefined) style.italic = slant === "italic" || slant === "oblique";
  const decoration = attributes.get("textDecoration");
  if (decoration !== undefined) style.underline = /(?:^|\s)underline(?:\s|$)/.test(decoration);
  const { textAlign, displayAlign } = {
    textAlign: attributes.get("textAlign"),
    displayAlign: attributes.get("displayAlign"),
  };
  if (textAlign !== undefined) style.textAlign = textAlign;
  if (displayAlign !== undefined) style.displayAlign = displayAlign;
  const top = second(attributes.get("origin"));
  if (top !== undefined) style.top = top;
  const height = second(attributes.get("extent"));
  if (height !== undefined) style.height = height;
  return style;
}

/** The nearest key of the number pad: where the text of a region stands on the picture. */
export function numpadFromRegion({ textAlign, displayAlign, top, height }: RegionStyle): number {
  const column = { left: 0, start: 0, right: 2, end: 2 }[textAlign ?? ""] ?? 1;
  const from = top ?? 0;
  const size = height ?? 100 - from;
  // Without any region a text stands at the bottom, as players do it.
  const anchor =
    top === undefined && height === undefined && displayAlign === undefined
      ? 100
      : displayAlign === "after"
        ? from + size
        : displayAlign === "center"
          ? from + size / 2
          : from;
  const row = anchor < 100 / 3 ? 2 : anchor < 200 / 3 ? 1 : 0;
  return row * 3 + column + 1;
}
