import { ActiveCues } from "@/components/player/active-cues";
import type { Cue } from "@/lib/subtitles/model";
import { defaultStyle } from "@/lib/subtitles/style";

interface Timed {
  activeAt: (ms: number) => readonly Cue[];
  readonly style: { fontSizePercent: number } | null;
}

/** How much smaller the second language is. */
const smaller = 0.75;

/**
 * What is on the picture in two languages: that of the open track, and above it, smaller, what
 * stands beside it. The overlay keeps them off each other.
 */
export function bilingualCues(target: Timed, beside: Timed): ActiveCues {
  const shown = new WeakMap<Cue, { size: number; cue: Cue }>();
  const small = (cue: Cue): Cue => {
    const base = target.style?.fontSizePercent ?? defaultStyle.fontSizePercent;
    const size = Math.max(1, Math.round(base * smaller * 100) / 100);
    const known = shown.get(cue);
    if (known?.size === size) return known.cue;
    const made: Cue = {
      ...cue,
      id: `beside:${cue.id}`,
      styleOverrides: { fontSizePercent: size },
    };
    shown.set(cue, { size, cue: made });
    return made;
  };
  return new ActiveCues({
    activeAt: (ms) => [...target.activeAt(ms), ...beside.activeAt(ms).map(small)],
  });
}
