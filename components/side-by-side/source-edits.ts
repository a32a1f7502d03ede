import type { Cue } from "@/lib/subtitles/model";
import type { SimpleOperation } from "@/lib/subtitles/operations";
import { type Edited, edited } from "@/lib/subtitles/operations/editing/edited";

/**
 * Says of translated cues that they render their source as it is now: somebody has looked, and the
 * texts stay. It is an edit of the cues, so that it reaches everybody, is undone and comes back
 * with a version like all others. One whose source is gone no longer renders anything.
 */
export function acceptSource(
  cues: readonly Cue[],
  textOf: (sourceCueId: string) => string | undefined,
): Edited {
  return edited(
    cues.flatMap((cue): SimpleOperation[] => {
      const { provenance } = cue;
      if (!provenance?.translation) return [];
      const { translation, ...rest } = provenance;
      const sourceText = textOf(translation.sourceCueId);
      if (sourceText === translation.sourceText) return [];
      const made = sourceText === undefined ? {} : { translation: { ...translation, sourceText } };
      const insert = [{ ...cue, provenance: { ...rest, ...made } }];
      return [{ kind: "replaceCues", remove: [cue.id], insert }];
    }),
  );
}

/** Puts the text of the cue beside it into each cue. */
export function copySource(cues: readonly Cue[], sourceOf: (cue: Cue) => Cue | undefined): Edited {
  return edited(
    cues.flatMap((cue): SimpleOperation[] => {
      const text = sourceOf(cue)?.text;
      if (text === undefined || text === cue.text) return [];
      return [{ kind: "setText", cueId: cue.id, text }];
    }),
  );
}
