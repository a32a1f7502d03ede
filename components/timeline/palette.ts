/** The colours of the page as a canvas takes them. */
export interface Palette {
  surface: string;
  sunken: string;
  hover: string;
  ink: string;
  inkMuted: string;
  inkFaint: string;
  line: string;
  lineStrong: string;
  accent: string;
  accentSoft: string;
  accentInk: string;
  warning: string;
  success: string;
  danger: string;
  dangerSoft: string;
  font: string;
}

/** As they are now, in light or dark. */
export function readPalette(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    surface: colour("surface"),
    sunken: colour("sunken"),
    hover: colour("hover"),
    ink: colour("ink"),
    inkMuted: colour("ink-muted"),
    inkFaint: colour("ink-faint"),
    line: colour("line"),
    lineStrong: colour("line-strong"),
    accent: colour("accent"),
    accentSoft: colour("accent-soft"),
    accentInk: colour("accent-ink"),
    warning: colour("warning"),
    success: colour("success"),
    danger: colour("danger"),
    dangerSoft: colour("danger-soft"),
    font: style.fontFamily,
  };
}
