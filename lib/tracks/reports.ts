import "server-only";
import { AppError } from "@/lib/errors";
import { trackAccess } from "@/lib/sharing/access";
import type { Cue } from "@/lib/subtitles/model";
import { assessTrack, type TranslationSource } from "@/lib/subtitles/quality";
import { findingKey } from "@/lib/subtitles/quality/finding-key";
import type { Finding, TrackEvidence } from "@/lib/subtitles/quality/types";
import { ruleProfile } from "@/lib/subtitles/rules";
import { getOwnVideo } from "@/lib/videos/service";
import { readIgnored } from "./ignored-repo";
import { cuesOf, ownTrack } from "./reading";
import { findTrack, reader, type TrackRow } from "./repo";
import type { TrackReportView } from "./schema";
import { evidenceAt, findVersion } from "./version-repo";

/** A report with what is needed to write it down. */
export interface TrackReport extends TrackReportView {
  language: string;
  videoTitle: string;
  cues: readonly Cue[];
}

/**
 * A track's report for somebody who may see it, see `trackReport`.
 * @throws {AppError} `not_found`
 */
export async function readReport(options: {
  userId: string;
  trackId: string;
  version?: number | undefined;
}): Promise<TrackReport> {
  const { userId, trackId, version } = options;
  const { ownerId } = await trackAccess({ userId, trackId, need: "viewer" });
  return trackReport({ ownerId, trackId, version });
}

/**
 * How good a track is now, or was as a version. Now is always judged anew: by its cues, and by the
 * newest evidence. A version keeps the report that it was stored with.
 * @throws {AppError} `not_found`
 */
export async function trackReport(options: {
  ownerId: string;
  trackId: string;
  version?: number | undefined;
}): Promise<TrackReport> {
  const { ownerId } = options;
  const track = await ownTrack(options);
  const version = await wantedVersion(track.id, options.version);
  const [video, { cues, revision }] = await Promise.all([
    getOwnVideo({ ownerId, videoId: track.videoId }),
    cuesOf(reader(), track.id, version?.revision),
  ]);
  const evidence = (await evidenceAt(reader(), track.id, revision)) ?? noEvidence(video);
  const sameLanguage = track.sourceTrackId === null && !evidence.translation;
  const profile = track.profile ?? ruleProfile(track.language, { sameLanguage });
  const { language } = track;
  const report =
    version?.report ??
    assessTrack({
      cues,
      evidence,
      profile,
      language,
      source: await sourceOf(track),
    });
  const left = await leftOf(track.id, report.findings, cues);
  return { report, evidence, profile, revision, left, language, videoTitle: video.title, cues };
}

/** Which of the findings somebody has decided to leave. */
async function leftOf(
  trackId: string,
  findings: readonly Finding[],
  cues: readonly Cue[],
): Promise<TrackReport["left"]> {
  const reasons = new Map((await readIgnored(trackId)).map(({ key, reason }) => [key, reason]));
  if (reasons.size === 0) return [];
  const byId = new Map(cues.map((cue) => [cue.id, cue]));
  return findings.flatMap((finding) => {
    const reason = reasons.get(findingKey(finding, byId.get(finding.cueId ?? "")));
    return reason === undefined ? [] : [{ id: finding.id, reason }];
  });
}

async function wantedVersion(trackId: string, number: number | undefined) {
  if (number === undefined) return undefined;
  const version = await findVersion(reader(), trackId, { number });
  if (!version) throw new AppError("not_found");
  return version;
}

/** What the translation renders, as it is now; nothing where it is gone. */
async function sourceOf({
  ownerId,
  sourceTrackId,
}: TrackRow): Promise<TranslationSource | undefined> {
  const source = sourceTrackId ? await findTrack(ownerId, sourceTrackId) : undefined;
  if (!source) return undefined;
  const { cues } = await cuesOf(reader(), source.id);
  return { language: source.language, cues };
}

/** Of tracks from before evidence was kept. */
function noEvidence(video: { durationMs: number | null; fps: number | null }): TrackEvidence {
  return {
    speech: [],
    removed: [],
    corrections: [],
    stretches: [],
    durationMs: video.durationMs ?? 0,
    ...(video.fps !== null && { fps: video.fps }),
  };
}
