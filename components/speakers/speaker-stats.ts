import { rootSpeaker } from "@/lib/speakers/names";
import type { SpeakerView } from "@/lib/speakers/schema";
import type { Cue } from "@/lib/subtitles/model";

/** What a speaker has in a track. */
export interface SpeakerStats {
  speaker: SpeakerView;
  lines: number;
  /** Of the time in which somebody speaks, 0..1. */
  share: number;
  /** Where to hear the voice. */
  sample: { startMs: number; endMs: number };
  /** Those found to be the same person. */
  merged: SpeakerView[];
}

/** Longer says no more about a voice, ms. */
const sampleMs = 6_000;

/** Names in these cues that came with a file: of nobody whom the video knows. */
export function fileNames(
  cues: Iterable<Pick<Cue, "speaker">>,
  speakers: readonly SpeakerView[],
): string[] {
  const names = new Set<string>();
  for (const { speaker } of cues) {
    if (speaker !== undefined && !rootSpeaker(speakers, speaker)) names.add(speaker);
  }
  return [...names];
}

/** Everybody who speaks in these cues, in the order of first words. */
export function speakerStats(
  cues: Iterable<Pick<Cue, "startMs" | "endMs" | "speaker">>,
  speakers: readonly SpeakerView[],
): SpeakerStats[] {
  const found = new Map<string, { lines: number; ms: number; sample: SpeakerStats["sample"] }>();
  let allMs = 0;
  for (const { startMs, endMs, speaker } of cues) {
    const root = speaker === undefined ? undefined : rootSpeaker(speakers, speaker);
    if (!root) continue;
    const ms = Math.max(0, endMs - startMs);
    const one = found.get(root.key) ?? { lines: 0, ms: 0, sample: { startMs, endMs: startMs } };
    if (ms > one.sample.endMs - one.sample.startMs) {
      one.sample = { startMs, endMs: Math.min(endMs, startMs + sampleMs) };
    }
    found.set(root.key, { ...one, lines: one.lines + 1, ms: one.ms + ms });
    allMs += ms;
  }
  return [...found].flatMap(([key, { lines, ms, sample }]) => {
    const speaker = rootSpeaker(speakers, key);
    if (!speaker) return [];
    const merged = speakers.filter(
      (one) => one.mergedInto !== null && rootSpeaker(speakers, one.key)?.key === key,
    );
    return [{ speaker, lines, share: allMs > 0 ? ms / allMs : 0, sample, merged }];
  });
}
