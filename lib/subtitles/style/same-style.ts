import type { StyleOverrides } from "@/lib/subtitles/style/types";

/**
 * A style as text that is the same for the same style, whatever the order of its properties: the
 * database keeps another one than the editor makes.
 */
export function styleKey(style: StyleOverrides | null): string {
  if (style === null) return "";
  return JSON.stringify(style, (_, value: unknown) =>
    value !== null && typeof value === "object"
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Whether two styles, or what two cues have of their own, are the same. */
export function sameStyle(a: StyleOverrides | null, b: StyleOverrides | null): boolean {
  return a === b || styleKey(a) === styleKey(b);
}
