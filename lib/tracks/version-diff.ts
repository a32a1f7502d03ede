import "server-only";
import { AppError } from "@/lib/errors";
import { type CueDifference, diffTracks } from "@/lib/subtitles/diff";
import type { Cue } from "@/lib/subtitles/model";
import { contentOf, openTrack } from "./reading";
import { reader } from "./repo";
import type { ComparedCue, VersionDiffView } from "./schema";
import { findVersion } from "./version-repo";

/** Most cues that are shown of a comparison: nobody reads more of them one by one. */
const maxShown = 2_000;

/**
 * What differs between two versions of a track, or between one and the track as it is now.
 * @throws {AppError} `not_found`
 */
export async function versionDiff(options: {
  userId: string;
  trackId: string;
  from: number;
  /** Left out: now. */
  to?: number | undefined;
}): Promise<VersionDiffView> {
  const { userId, trackId, from, to } = options;
  await openTrack({ userId, trackId, need: "viewer" });
  const [before, after] = await Promise.all([
    contentOf(reader(), trackId, await revisionOf(trackId, from)),
    contentOf(reader(), trackId, to === undefined ? undefined : await revisionOf(trackId, to)),
  ]);
  const { cues, counts, style } = diffTracks(before, after);
  const having = (aspect: "text" | "times") =>
    cues.filter(({ aspects }) => aspects.includes(aspect)).length;
  return {
    counts: {
      added: counts.added,
      removed: counts.removed,
      texts: having("text"),
      times: having("times"),
      all: cues.length,
    },
    style,
    cues: cues.slice(0, maxShown).map(shown),
  };
}

async function revisionOf(trackId: string, number: number): Promise<number> {
  const version = await findVersion(reader(), trackId, { number });
  if (!version) throw new AppError("not_found");
  return version.revision;
}

function shown({ cueId, before, after, aspects }: CueDifference): VersionDiffView["cues"][number] {
  return { cueId, before: compared(before), after: compared(after), aspects };
}

function compared(cue: Cue | undefined): ComparedCue | null {
  if (!cue) return null;
  const { startMs, endMs, text, speaker = null } = cue;
  return { startMs, endMs, text, speaker };
}
