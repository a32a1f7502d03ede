import type { Cue } from "@/lib/subtitles/model";
import { type Edited, edited, refused } from "@/lib/subtitles/operations/editing/edited";
import { leanOverrides, sameStyle } from "@/lib/subtitles/style";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

/** Who says some cues; null: nobody in particular. */
export function setSpeakers(
  cues: readonly Cue[],
  ids: ReadonlySet<string>,
  speaker: string | null,
): Edited {
  const chosen = cues.filter(({ id }) => ids.has(id));
  if (chosen.length === 0) return refused("cue_not_found");
  return edited(
    chosen
      .filter((cue) => (cue.speaker ?? null) !== speaker)
      .map(({ id: cueId }) => ({ kind: "setSpeaker", cueId, speaker })),
  );
}

/**
 * How some cues look: `change` comes to what each has of its own, and what is like `base` (the
 * track's style, or the usual look on this picture) then goes. Null: nothing of their own.
 */
export function setStyles(
  cues: readonly Cue[],
  ids: ReadonlySet<string>,
  change: StyleOverrides | null,
  base: SubtitleStyle,
): Edited {
  const chosen = cues.filter(({ id }) => ids.has(id));
  if (chosen.length === 0) return refused("cue_not_found");
  return edited(
    chosen.flatMap((cue) => {
      const style = change && leanOverrides(base, cue.styleOverrides, change);
      if (sameStyle(style, cue.styleOverrides ?? null)) return [];
      return [{ kind: "setStyle" as const, cueId: cue.id, style }];
    }),
  );
}

/** The texts of two cues in each other's place, as when two lines were heard in the wrong order. */
export function swapTexts(cues: readonly Cue[], oneId: string, twoId: string): Edited {
  const [one, two] = [oneId, twoId].map((id) => cues.find((cue) => cue.id === id));
  if (!one || !two) return refused("cue_not_found");
  if (one.text === two.text) return refused("unchanged");
  return edited([
    { kind: "setText", cueId: one.id, text: two.text },
    { kind: "setText", cueId: two.id, text: one.text },
  ]);
}
