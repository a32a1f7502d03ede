import type { Cue } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { breakLines } from "@/lib/subtitles/segmentation";
import { applyTiming } from "@/lib/subtitles/timing";
import type { TranslatedCue } from "./types";

/**
 * The cues of a translated track: those of the source, under their ids and starts, with the
 * translated text in lines by the target's rules, and ends that leave time to read it. A cue
 * without a translation stays, empty, so that the report can show it.
 */
export function cuesFromTranslation({
  source,
  translated,
  language,
  profile,
  fps,
  durationMs,
  jobId,
  at,
}: {
  source: readonly Cue[];
  translated: readonly TranslatedCue[];
  language: string;
  profile: RuleProfile;
  fps?: number | undefined;
  /** The video's; no cue ends after it. */
  durationMs?: number | undefined;
  jobId: string;
  /** ISO 8601. */
  at: string;
}): Cue[] {
  const byId = new Map(translated.map((cue) => [cue.cueId, cue]));
  const cues = source.map((cue): Cue => {
    const found = byId.get(cue.id);
    const text = found ? breakLines(found.text, { language, profile }) : "";
    return {
      id: cue.id,
      startMs: cue.startMs,
      endMs: cue.endMs,
      text,
      ...(cue.speaker !== undefined && { speaker: cue.speaker }),
      ...(cue.settings && { settings: cue.settings }),
      ...(cue.style !== undefined && { style: cue.style }),
      provenance: {
        origin: "translation",
        ...(found && { engine: found.engine, model: found.model }),
        jobId,
        at,
        ...(found?.terms && { terms: found.terms }),
        translation: {
          sourceCueId: cue.id,
          sourceText: cue.text,
          way: found?.way ?? "cue",
          ...(found?.shortened && { shortened: true }),
        },
      },
    };
  });
  return applyTiming({ cues, profile, fps, durationMs });
}
