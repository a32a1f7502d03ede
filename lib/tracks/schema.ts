import { z } from "zod";
import { idParams } from "@/lib/http/params";
import type { VideoRole } from "@/lib/sharing/roles";
import type { CueAspect } from "@/lib/subtitles/diff";
import type { Cue, CueProvenance } from "@/lib/subtitles/model";
import type { SubtitleOperation, Touched } from "@/lib/subtitles/operations";
import type { QualityReport, TrackEvidence } from "@/lib/subtitles/quality/types";
import type { RuleProfile } from "@/lib/subtitles/rules";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";
import { cleanLine } from "@/lib/text";
import { maxVersionName, maxVersionsAtOnce } from "./limits";
import type { ReviewState } from "./review-states";

/** Longest body of an edit in bytes: all that a track may hold, with all its words. */
export const maxEditBytes = 32 * 1024 ** 2;

export interface TrackView {
  id: string;
  videoId: string;
  language: string;
  /** The track that this one translates. */
  sourceTrackId: string | null;
  /** Number of the newest edit included; 0 as the first job made it. */
  revision: number;
  cues: readonly Cue[];
  /** Null: the usual look. */
  style: SubtitleStyle | null;
  /** The rules it keeps to; null: made before tracks had rules of their own. */
  profile: RuleProfile | null;
  reviewState: ReviewState;
  /** Who set the state last, and when; null: nobody has. */
  reviewedBy: Person | null;
  reviewedAt: string | null;
  /** Who has read it, and what they may do with it. */
  readerId: string;
  /** Visitors whom the reader has taken over: what one of them has made here is the reader's. */
  readerWas: string[];
  role: VideoRole;
  /** Where the reader left it; null: never opened, or not known. */
  place: { cueId: string | null; ms: number } | null;
  updatedAt: string;
}

/** Revisions below 0 are those of tracks from before a language had one track. */
export const trackQuery = z.object({
  revision: z.coerce.number().int().min(-1_000_000).max(2_147_483_647).optional(),
});

/**
 * The value of a cue's property as one side has it; null: the cue isn't there, or has none. Of a
 * cue's existence: its text. An object without `startMs` is a style, the track's where the
 * conflict's `cueId` is "".
 */
export type CueValue = string | { startMs: number; endMs: number } | StyleOverrides | null;

/** Why an edit isn't kept: both sides set the same to different values. Texts are texts. */
export interface EditConflict {
  /** Of the track when this was found. */
  revision: number;
  cueId: string;
  property: Touched["property"];
  yours: CueValue;
  theirs: CueValue;
  /** Who set the other value; null: the account is gone. */
  by: Person | null;
}

/**
 * job: made by a job; kept: as it was before a job, a restore, a file or a bulk edit changed it;
 * restored; imported: from a file; named: kept by hand.
 */
export type VersionKind = "job" | "kept" | "restored" | "imported" | "named";

export const versionsQuery = z.strictObject({
  /** The number of the last version of the page before. */
  cursor: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  /** At most all but what hardly a track has: 500 may be named, 50 are kept by themselves. */
  limit: z.coerce.number().int().min(1).max(maxVersionsAtOnce).default(50),
});
export type VersionsQuery = z.infer<typeof versionsQuery>;

/** A page of what a track has been, newest first. */
export interface VersionPage {
  versions: VersionView[];
  nextCursor: number | null;
}

/** A state of a track that is kept. */
export interface VersionView {
  /** From 1; the newest has the highest. */
  number: number;
  revision: number;
  kind: VersionKind;
  /** What a person calls it; null: nobody has named it. */
  name: string | null;
  jobId: string | null;
  /** Who made it; null: a job. */
  actor: Person | null;
  /** Of a restored version: the number of the one it repeats. */
  restores: number | null;
  at: string;
  /** In short, how good it is; null: made before there were reports. */
  quality: { cues: number; rulesKept: number; errors: number; warnings: number } | null;
}

/** A cue as a comparison shows it. */
export interface ComparedCue {
  startMs: number;
  endMs: number;
  text: string;
  speaker: string | null;
}

/** What differs between two states of a track. */
export interface VersionDiffView {
  /** How many cues came, went, say something else, stand elsewhere in time. */
  counts: { added: number; removed: number; texts: number; times: number; all: number };
  /** Whether the look of the whole track differs. */
  style: boolean;
  /** In order of time; the first of them where `counts.all` is more than they are. */
  cues: {
    /** As it is afterwards, or was. */
    cueId: string;
    before: ComparedCue | null;
    after: ComparedCue | null;
    /** Empty for what came or went. */
    aspects: CueAspect[];
  }[];
}

/** What a person may see of another who edits the same track. */
export interface Person {
  id: string;
  name: string;
}

export const versionParams = idParams.extend({
  number: z.coerce.number().int().min(1).max(2_147_483_647),
});
export const nameVersionInput = z.strictObject({ name: cleanLine(1, maxVersionName) });
/** From one version to another; without `to`: to the track as it is now. */
export const versionDiffQuery = z.object({
  from: versionParams.shape.number,
  to: versionParams.shape.number.optional(),
});
export const cueParams = idParams.extend({ cueId: cleanLine(1, 64) });

export const reportQuery = z.object({
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
});

/** Answer about a track's quality. */
export interface TrackReportView {
  report: QualityReport;
  evidence: TrackEvidence;
  profile: RuleProfile;
  /** The revision that is judged. */
  revision: number;
  /** Findings of the report that somebody has decided to leave as they are: their ids, and why. */
  left: { id: string; reason: string }[];
}

/** Where one cue comes from, and who has changed it since. */
export interface CueHistoryView {
  provenance: CueProvenance | null;
  /** Oldest first. `actor`: null where the account is gone. */
  edits: { at: string; actor: Person | null; kind: SubtitleOperation["kind"]; revision: number }[];
}
