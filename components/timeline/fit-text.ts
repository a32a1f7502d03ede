import type { Cue } from "@/lib/subtitles/model";

interface Fitted {
  line: string;
  widthPx: number;
  font: string;
  text: string;
}

const fitted = new WeakMap<Cue, Fitted>();

/**
 * As much of a line as fits, with an ellipsis where something is left out; "" when nothing does.
 * Measured once for each width: measuring text is the dearest part of drawing.
 */
export function fitText(
  context: Pick<CanvasRenderingContext2D, "font" | "measureText">,
  cue: Cue,
  line: string,
  widthPx: number,
): string {
  const { font } = context;
  const known = fitted.get(cue);
  if (known && known.line === line && known.font === font && known.widthPx === widthPx) {
    return known.text;
  }
  const text = cutToWidth(line, widthPx, (part) => context.measureText(part).width);
  fitted.set(cue, { line, widthPx, font, text });
  return text;
}

/** The longest beginning that is no wider, by halving. */
export function cutToWidth(
  line: string,
  widthPx: number,
  measure: (text: string) => number,
): string {
  if (widthPx <= 0) return "";
  // No character is narrower than 2 px: what can't fit isn't measured.
  const characters = [...line.slice(0, Math.ceil(widthPx))];
  if (line.length <= widthPx && measure(line) <= widthPx) return line;
  let [least, most] = [0, characters.length];
  while (least < most) {
    const middle = (least + most + 1) >>> 1;
    const part = characters.slice(0, middle).join("").trimEnd();
    if (measure(`${part}…`) <= widthPx) least = middle;
    else most = middle - 1;
  }
  return least === 0 ? "" : `${characters.slice(0, least).join("").trimEnd()}…`;
}
