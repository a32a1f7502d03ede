import type { CueSettings } from "@/lib/subtitles/model";

/** Splits at ASCII whitespace as WebVTT does; other spaces belong to the token. */
export function asciiTokens(text: string): string[] {
  return text.split(/[\t\n\f\r ]+/).filter((token) => token !== "");
}

/** `12%` or `12.5%`, 0 to 100. */
function percentage(text: string): number | undefined {
  if (!/^\d+(?:\.\d+)?%$/.test(text)) return undefined;
  const value = Number.parseFloat(text);
  return value <= 100 ? value : undefined;
}

/** The part before and after the first comma; `undefined` when there is no comma. */
function atComma(value: string): [string, string | undefined] {
  const comma = value.indexOf(",");
  return comma === -1 ? [value, undefined] : [value.slice(0, comma), value.slice(comma + 1)];
}

function oneOf<const T extends string>(value: string, allowed: readonly T[]): T | undefined {
  return allowed.find((known) => known === value);
}

/** Every setter answers whether the value was valid; an invalid one changes nothing. */
const setters: Record<string, (settings: CueSettings, value: string) => boolean> = {
  region: (settings, value) => {
    settings.region = value;
    return true;
  },
  vertical: (settings, value) => {
    const vertical = oneOf(value, ["rl", "lr"]);
    if (vertical === undefined) return false;
    settings.vertical = vertical;
    return true;
  },
  line: (settings, value) => {
    const [place, alignment] = atComma(value);
    const lineAlign = oneOf(alignment ?? "start", ["start", "center", "end"]);
    const isPercent = place.endsWith("%");
    const line = isPercent
      ? percentage(place)
      : /^-?\d+(?:\.\d+)?$/.test(place)
        ? Number.parseFloat(place)
        : undefined;
    if (line === undefined || !Number.isFinite(line) || lineAlign === undefined) return false;
    settings.line = line === 0 ? 0 : line;
    if (isPercent) settings.lineIsPercent = true;
    else delete settings.lineIsPercent;
    if (alignment !== undefined) settings.lineAlign = lineAlign;
    return true;
  },
  position: (settings, value) => {
    const [place, alignment] = atComma(value);
    const position = percentage(place);
    const positionAlign =
      alignment === undefined ? undefined : oneOf(alignment, ["line-left", "center", "line-right"]);
    if (position === undefined || (alignment !== undefined && positionAlign === undefined)) {
      return false;
    }
    settings.position = position;
    if (positionAlign !== undefined) settings.positionAlign = positionAlign;
    return true;
  },
  size: (settings, value) => {
    const size = percentage(value);
    if (size === undefined) return false;
    settings.size = size;
    return true;
  },
  align: (settings, value) => {
    const align = oneOf(value, ["start", "center", "end", "left", "right"]);
    if (align === undefined) return false;
    settings.align = align;
    return true;
  },
};

/**
 * Reads the settings after a cue's times (WebVTT, "parse the WebVTT cue settings"). A region that
 * isn't among `regions`, or that a vertical, line or size setting excludes, is dropped.
 */
export function parseSettings(
  text: string,
  regions: ReadonlySet<string>,
): { settings: CueSettings | undefined; ignored: string | undefined } {
  const settings: CueSettings = {};
  let ignored: string | undefined;
  for (const token of asciiTokens(text)) {
    const colon = token.indexOf(":");
    const name = token.slice(0, Math.max(colon, 0));
    const value = token.slice(colon + 1);
    const known = colon > 0 && value !== "" && Object.hasOwn(setters, name);
    const valid = known && (name !== "region" || regions.has(value));
    if (!valid || !setters[name]?.(settings, value)) ignored ??= token;
  }
  const { region, vertical, line, size } = settings;
  if (
    region !== undefined &&
    (vertical ?? line ?? (size === 100 ? undefined : size)) !== undefined
  ) {
    delete settings.region;
    ignored ??= `region:${region}`;
  }
  const empty = Object.keys(settings).length === 0;
  return { settings: empty ? undefined : settings, ignored };
}

/** A number without exponent, which WebVTT doesn't know; undefined when it can't be had. */
function plainNumber(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const text = String(value);
  return text.includes("e") ? undefined : text;
}

function percentText(value: number | undefined): string | undefined {
  if (value === undefined || !(value >= 0 && value <= 100)) return undefined;
  const text = plainNumber(value);
  return text === undefined ? undefined : `${text}%`;
}

/**
 * The settings as they stand after the times, each with a space before it, in a fixed order.
 * `exact` is false when something had to be left out because WebVTT doesn't allow it.
 */
export function settingsText(
  settings: CueSettings,
  regions: ReadonlySet<string>,
): { text: string; exact: boolean } {
  let text = "";
  let exact = true;
  const put = (name: string, wanted: boolean, value: string | undefined) => {
    if (!wanted) return;
    if (value === undefined) exact = false;
    else text += ` ${name}:${value}`;
  };
  const { vertical, line, lineIsPercent, lineAlign, position, positionAlign, size } = settings;
  const free = vertical === undefined && line === undefined && (size ?? 100) === 100;
  const { region, align } = settings;
  put("region", region !== undefined, free && regions.has(region ?? "") ? region : undefined);
  put("vertical", vertical !== undefined, vertical);
  const place = line === undefined || lineIsPercent ? percentText(line) : plainNumber(line);
  put("line", line !== undefined, place && (lineAlign ? `${place},${lineAlign}` : place));
  const at = percentText(position);
  put("position", position !== undefined, at && (positionAlign ? `${at},${positionAlign}` : at));
  put("size", size !== undefined, percentText(size));
  put("align", align !== undefined, align);
  return { text, exact };
}
