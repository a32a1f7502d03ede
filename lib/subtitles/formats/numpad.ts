import type { CueSettings } from "@/lib/subtitles/model";

/**
 * ASS's `\an` places a cue by the keys of a numpad: 1 to 3 bottom, 4 to 6 middle, 7 to 9 top;
 * left, centre, right. SRT files use the same tag by custom.
 */
export type Numpad = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

const horizontal = [{ align: "left" }, {}, { align: "right" }] as const;
const vertical = [{}, { line: 50, lineIsPercent: true, lineAlign: "center" }, { line: 0 }] as const;

/** The settings of a key; undefined for 2, which is where a cue stands without any. */
export function settingsFromNumpad(key: number): CueSettings | undefined {
  if (key === 2) return undefined;
  return { ...vertical[Math.floor((key - 1) / 3)], ...horizontal[(key - 1) % 3] };
}

/** Height of the picture in lines, by which WebVTT's line numbers are judged. */
const lineGrid = 15;

function row(settings: CueSettings): number {
  const { line, lineIsPercent } = settings;
  if (line === undefined) return 0;
  const share = lineIsPercent
    ? line / 100
    : line < 0
      ? (lineGrid + line) / lineGrid
      : line / lineGrid;
  return share < 1 / 3 ? 2 : share < 2 / 3 ? 1 : 0;
}

const columns = { start: 0, left: 0, center: 1, end: 2, right: 2 } as const;

/** The nearest key, and whether it says exactly what the settings say. */
export function numpadFromSettings(settings: CueSettings): { key: Numpad; exact: boolean } {
  const key = (row(settings) * 3 + columns[settings.align ?? "center"] + 1) as Numpad;
  const same = settingsFromNumpad(key) ?? {};
  const exact =
    Object.entries(settings).every(([name, value]) => same[name as keyof CueSettings] === value) &&
    Object.keys(same).every((name) => name in settings);
  return { key, exact };
}
