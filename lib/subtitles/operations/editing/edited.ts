import type { Cue } from "@/lib/subtitles/model";
import { maxBatch } from "@/lib/subtitles/operations/limits";
import type { CueOperation, SimpleOperation } from "@/lib/subtitles/operations/types";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { minGapMs } from "@/lib/subtitles/timing";

/** Why an edit can't be made. */
export type EditRefusal =
  /** Somebody else deleted it. */
  | "cue_not_found"
  /** Everything is like that already. */
  | "unchanged"
  /** It is too short to become two. */
  | "too_short"
  /** Its text is one piece: there is no place to cut it, or the place is at its edge. */
  | "one_piece"
  /** Only cues that follow each other can become one, and it takes two. */
  | "not_neighbours"
  | "text_too_long"
  /** Another cue is there. */
  | "no_room"
  /** The end would lie before the start, or a time before the beginning of the video. */
  | "bad_times"
  /** More cues than one edit may hold. */
  | "too_many"
  /** Nothing to go by is near enough. */
  | "nothing_near";

/** An edit that can be made, or why it can't. */
export type Edited = { ok: true; operation: CueOperation } | { ok: false; reason: EditRefusal };

/** What cues are made by. */
export interface Making {
  profile: RuleProfile;
  /** BCP 47, the track's. */
  language: string;
  /** Frames a second, where known. */
  fps?: number | undefined;
}

export function refused(reason: EditRefusal): Edited {
  return { ok: false, reason };
}

/** One operation of all parts, in the shortest form. */
export function edited(parts: readonly SimpleOperation[]): Edited {
  const [only] = parts;
  if (only === undefined) return refused("unchanged");
  if (parts.length > maxBatch) return refused("too_many");
  const operation: CueOperation =
    parts.length === 1 ? only : { kind: "batch", operations: [...parts] };
  return { ok: true, operation };
}

/** New times of cues as one operation; those that stay are left out. */
export function retimed(times: readonly (readonly [cue: Cue, startMs: number, endMs: number])[]) {
  if (times.some(([, startMs, endMs]) => !(startMs >= 0 && endMs > startMs))) {
    return refused("bad_times");
  }
  return edited(
    times
      .filter(([cue, startMs, endMs]) => cue.startMs !== startMs || cue.endMs !== endMs)
      .map(([{ id: cueId }, startMs, endMs]) => ({ kind: "setTimes", cueId, startMs, endMs })),
  );
}

/** The least pause between cues and the least time of a cue that any edit leaves: two frames. */
export function leastTimes({ profile, fps }: Pick<Making, "profile" | "fps">): {
  gapMs: number;
  cueMs: number;
} {
  return { gapMs: minGapMs(profile, fps), cueMs: minGapMs({ ...profile, minGapFrames: 2 }, fps) };
}
