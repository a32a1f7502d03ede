import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { cleanSpeech } from "@/lib/speech/clean";
import { applyCorrections, type CorrectedSpeech } from "@/lib/speech/corrections";
import { assignSpeakers } from "@/lib/speech/diarization";
import type { Cue } from "@/lib/subtitles/model";
import { assessTrack } from "@/lib/subtitles/quality";
import type { QualityReport, TrackEvidence } from "@/lib/subtitles/quality/types";
import { type RuleProfile, resolveProfile } from "@/lib/subtitles/rules";
import { cuesFromWords } from "@/lib/subtitles/segmentation";
import { transcriptLines } from "@/lib/transcripts/service";
import type { VideoRow } from "@/lib/videos/repo";
import { shotChangesOf } from "@/lib/videos/service";
import { type LockedJob, termsOfJob } from "../repo";
import { alignedCues } from "./aligned-cues";
import { readChunks, type SpeechSpan } from "./chunk-repo";
import { promptOf } from "./prompt";
import { jobTurns } from "./speakers";

/** Language of a track in whose video nobody speaks and none was asked for: "undetermined". */
export const undetermined = "und";

/** What a job has made of what is said, ready to be stored. */
export interface MadeCues {
  language: string;
  /** Speakers as the turns name them. */
  cues: Cue[];
  profile: RuleProfile;
  evidence: TrackEvidence;
  report: QualityReport;
}

/** Makes cues of what was recognised, each with where it comes from. */
export async function makeSourceCues(job: LockedJob, video: VideoRow): Promise<MadeCues> {
  const chunks = await readChunks(job.id);
  const asked = job.language === "auto" ? job.detectedLanguage : job.language;
  const cleaned = cleanSpeech(chunks, {
    ...(asked && { language: asked }),
    prompt: await promptOf(job, asked ?? undefined),
  });
  const language = asked ?? cleaned.language ?? undetermined;
  const { corrections } = await termsOfJob(job.id);
  const corrected = applyCorrections(cleaned.words, corrections, language);
  const turns = await jobTurns(job.id);
  const words = turns.length > 0 ? assignSpeakers(corrected.words, turns) : corrected.words;
  const profile = resolveProfile(job.settings.rules, language, { sameLanguage: true });
  const picture = pictureOf(video);
  const durationMs = video.durationMs ?? 0;
  const made =
    job.kind !== "align"
      ? cuesFromWords({ words, language, profile, durationMs, ...picture, makeId: () => newId() })
      : alignedCues({
          transcript: await textOf(job),
          // The text is right already; what was heard only tells when.
          words: cleaned.words,
          ...{ language, profile, picture, durationMs },
        });
  const cues = withProvenance(job, made, corrected.places);
  const evidence = {
    speech: joined(chunks.flatMap(({ speech }) => speech)),
    removed: cleaned.removed,
    corrections: corrected.applied,
    stretches: cleaned.stretches,
    durationMs,
    ...picture,
  };
  const report = assessTrack({ cues, evidence, profile, language });
  return { language, cues, profile, evidence, report };
}

/** @throws {AppError} `gone` when the text has been deleted */
function textOf({ transcriptId }: LockedJob): ReturnType<typeof transcriptLines> {
  if (transcriptId === null) throw new AppError("gone", { detail: "the text is gone" });
  return transcriptLines(transcriptId);
}

/** What the timing of cues looks at. */
export function pictureOf(video: Pick<VideoRow, "fps" | "shotChanges">): {
  fps?: number;
  shotChanges?: number[];
} {
  const { fps } = video;
  const shotChanges = shotChangesOf(video);
  return { ...(fps && { fps }), ...(shotChanges && { shotChanges }) };
}

function withProvenance(job: LockedJob, cues: Cue[], places: CorrectedSpeech["places"]): Cue[] {
  const at = new Date().toISOString();
  const { id: jobId, speechEngine: engine, speechModel: model } = job;
  return cues.map((cue) => {
    const chunks = (cue.words ?? []).flatMap(({ chunk }) => chunk ?? []);
    const aligned = cue.provenance?.origin === "alignment";
    const terms = new Set(
      (aligned ? [] : places)
        .filter(({ startMs, endMs }) => (cue.words ?? []).some(within(startMs, endMs)))
        .map(({ correct }) => correct),
    );
    return {
      ...cue,
      provenance: {
        ...(cue.provenance ?? { origin: "recognition" }),
        ...(engine && { engine }),
        ...(model && { model }),
        jobId,
        at,
        ...(chunks.length > 0 && { chunks: [Math.min(...chunks), Math.max(...chunks)] }),
        ...(terms.size > 0 && { terms: [...terms] }),
      },
    };
  });
}

const within = (startMs: number, endMs: number) => (word: SpeechSpan) =>
  word.startMs < endMs && word.endMs > startMs;

/** A stretch that was cut for recognition stands in both chunks. */
function joined(speech: readonly SpeechSpan[]): SpeechSpan[] {
  const spans: SpeechSpan[] = [];
  for (const { startMs, endMs } of speech.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = spans.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else spans.push({ startMs, endMs });
  }
  return spans;
}
