import {
  type Numpad,
  numpadFromSettings,
  settingsFromNumpad,
} from "@/lib/subtitles/formats/numpad";
import type { Cue, CueSettings } from "@/lib/subtitles/model";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

/** Whether a cue's own look says where it stands, whatever its settings say. */
export function placesItself(overrides: StyleOverrides | undefined): boolean {
  return (
    overrides !== undefined && (overrides.alignment !== undefined || overrides.position != null)
  );
}

/**
 * Where a cue stands by the number pad: as its own look says, else its settings, else the track's
 * look. `exact`: the key is all there is to say.
 */
export function placeOf(
  cue: Cue,
  track: SubtitleStyle | undefined,
): { key: Numpad; exact: boolean } {
  const { settings, styleOverrides: own } = cue;
  if (settings !== undefined && !placesItself(own)) return numpadFromSettings(settings);
  const position = own?.position === undefined ? track?.position : own.position;
  return { key: own?.alignment ?? track?.alignment ?? 2, exact: position == null };
}

/** Whether a look says more than where on the number pad a text stands. */
export function looksLike(style: StyleOverrides | undefined): boolean {
  return (
    style !== undefined &&
    Object.keys(style).some((name) => name !== "alignment" && name !== "position")
  );
}

const rows = ["end", "center", "start"] as const;
const columns = ["line-left", "center", "line-right"] as const;

/** A style's place in WebVTT's terms; undefined for the usual one. */
export function settingsOfStyle(style: SubtitleStyle): CueSettings | undefined {
  const { alignment, position, marginVerticalPercent, marginHorizontalPercent: side } = style;
  const row = rows[Math.floor((alignment - 1) / 3)] ?? "end";
  const column = columns[(alignment - 1) % 3] ?? "center";
  const align = { "line-left": "left", center: undefined, "line-right": "right" } as const;
  const own = { ...(align[column] && { align: align[column] }) };
  if (position) {
    return {
      ...{ line: position.yPercent, lineIsPercent: true, lineAlign: row },
      ...{ position: position.xPercent, positionAlign: column, ...own },
    };
  }
  if (marginVerticalPercent === 5 && side === 5) return settingsFromNumpad(alignment);
  const line = { end: 100 - marginVerticalPercent, center: 50, start: marginVerticalPercent }[row];
  const x = { "line-left": side, center: undefined, "line-right": 100 - side }[column];
  return {
    ...{ line, lineIsPercent: true, lineAlign: row },
    ...(x !== undefined && { position: x, positionAlign: column }),
    ...own,
  };
}
