import { z } from "zod";
import type { QuoteView } from "@/lib/credits/schema";
import type { ErrorCode } from "@/lib/errors";
import type { SpeakerEngineStatus } from "@/lib/speech/diarization/types";
import { speechLanguageChoice } from "@/lib/speech/schema";
import type { SpeechStatus } from "@/lib/speech/types";
import { cleanLine } from "@/lib/text";
import { targetLanguageCode } from "@/lib/translation/schema";
import type { TranslationStatus } from "@/lib/translation/types";
import { maxTargets } from "./limits";
import { type JobOptions, jobOptions } from "./options";
import { plainOptions } from "./plain-options";
import type { JobStageName, StageStatus } from "./stages";
import { type JobStatus, jobStatuses } from "./statuses";

/**
 * What a job makes: subtitles of what is said; translations of a track that is there; the times of
 * a text that the person has.
 */
export const jobKinds = ["caption", "translate", "align"] as const;
export type JobKind = (typeof jobKinds)[number];

export interface StageView {
  stage: JobStageName;
  /** `failed` in a job that goes on: it was done without (speakers, some languages). */
  status: StageStatus;
  /** 0-100, whole, never falls within an attempt. */
  progress: number;
  /** Why the job went on without it. */
  errorCode: ErrorCode | null;
  /** How long the whole stage takes by measured speed, in ms; null: nothing measured yet. */
  estimateMs: number | null;
  /** ISO 8601. */
  startedAt: string | null;
  endedAt: string | null;
}

/** Credits of a job, all its attempts together. */
export type JobCredits = {
  /** Set aside while it runs. */
  held: number;
  /** Taken for what it finished. */
  captured: number;
  /** Given back. */
  released: number;
};
export const noCredits: JobCredits = { held: 0, captured: 0, released: 0 };

/** One line of what a job costs, as it stands in the newest attempt that had it. */
export interface JobLine {
  /** "transcribe" or "translate:<language>". */
  component: string;
  /** Credits. */
  amount: number;
  state: "held" | "captured" | "released";
  /** Why it was given back: an error code, "no_speech", "same_language", "cancelled", "unused". */
  reason: string | null;
}

/** One language that a job translates into. */
export interface JobLanguageView {
  language: string;
  /** `failed` can be tried again by itself once the job has ended. */
  status: StageStatus;
  /** 0-100, whole, never falls within an attempt. */
  progress: number;
  /** Why it failed or, of one that is under way, why a part of it is about to be tried again. */
  errorCode: ErrorCode | null;
  /** When that part is tried again, ISO 8601, where the engine has said when. */
  retryAt: string | null;
  /** The track that it became. */
  trackId: string | null;
  /** ISO 8601. */
  startedAt: string | null;
  endedAt: string | null;
}

/** A stretch of the video, in ms, and the language spoken in it. */
export interface LanguageStretch {
  startMs: number;
  endMs: number;
  language: string;
}

/** What was heard when the language was left to us. */
export interface LanguagePlan {
  /** That of most of the speech; null: nobody speaks, or none could be told. */
  language: string | null;
  /** What was listened to, and how sure the engine was, 0..1, where it tells. */
  windows: { startMs: number; endMs: number; language: string | null; probability?: number }[];
  /** In order; one where the whole video is in one language. */
  stretches: LanguageStretch[];
}

/** What a person can do about a job that failed, or a language of it. */
export type JobRemedy = "retry" | "add_credits" | "choose_other" | "contact";

/** The most that the person agreed to pay, in whole credits: the total they saw. */
export const maxCredits = z.number().int().min(0).max(1_000_000);

export interface JobView {
  id: string;
  videoId: string;
  videoTitle: string;
  kind: JobKind;
  status: JobStatus;
  /** 0-100, whole, never falls within an attempt; 100 only when everything is stored. */
  progress: number;
  /** "auto" or a language code, as asked for. */
  language: string;
  detectedLanguage: string | null;
  /** Null: the language was given, or hasn't been looked for yet. */
  languagePlan: LanguagePlan | null;
  /** As ordered. */
  options: JobOptions;
  /** What its translations render; null: not there yet, or gone. */
  sourceTrackId: string | null;
  /** Of an align job. */
  transcriptId: string | null;
  attempt: number;
  stages: StageView[];
  /** Translations, in the order in which they were asked for. */
  languages: JobLanguageView[];
  errorCode: ErrorCode | null;
  /** What helps against `errorCode`; null: nothing failed. */
  remedy: JobRemedy | null;
  failedStage: JobStageName | null;
  speechEngine: string | null;
  speechModel: string | null;
  /** What it has made so far, the spoken language first. */
  tracks: { id: string; language: string }[];
  credits: JobCredits;
  lines: JobLine[];
  /** How long all stages take by measured speed, in ms; null: nothing measured yet. */
  estimateMs: number | null;
  /** Number of the newest event this view includes. */
  seq: number;
  cancelRequested: boolean;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

/** One thing that happened to a job, as the live stream sends it. */
export type JobEventData =
  | {
      kind: "status";
      status: JobStatus;
      progress: number;
      errorCode?: ErrorCode;
      failedStage?: JobStageName;
      tracks?: { id: string; language: string }[];
      /** Where they have moved. */
      credits?: JobCredits;
      lines?: JobLine[];
      /** Where all of them begin anew. */
      languages?: JobLanguageView[];
      stages?: Pick<StageView, "stage" | "status" | "progress">[];
    }
  | {
      kind: "stage";
      stage: JobStageName;
      status: StageStatus;
      stageProgress: number;
      progress: number;
      errorCode?: ErrorCode;
    }
  | { kind: "language"; language: string; plan?: LanguagePlan }
  | {
      kind: "translation";
      language: string;
      /** `skipped`: it turned out to be what is spoken; nothing is translated or charged. */
      status: StageStatus | "skipped";
      languageProgress: number;
      progress: number;
      errorCode?: ErrorCode;
      retryAt?: string;
      trackId?: string;
      credits?: JobCredits;
      lines?: JobLine[];
    }
  /** Where a track was stored before the job ended. */
  | {
      kind: "track";
      track: { id: string; language: string };
      credits: JobCredits;
      lines: JobLine[];
    };

export type JobEventView = JobEventData & { seq: number; at: string };

const createJobShape = z.object({
  kind: z.enum(jobKinds).default("caption"),
  videoId: z.uuid(),
  /** What is spoken; of an align job: what the text is in. */
  language: speechLanguageChoice.default("auto"),
  options: jobOptions.default(plainOptions),
  /** Of an align job: the text to time. */
  transcriptId: z.uuid().optional(),
  /** Of a translate job: the track to translate, as it is now. */
  sourceTrackId: z.uuid().optional(),
  /** Made by the caller; the same key again answers the first job instead of making a second. */
  idempotencyKey: cleanLine(8, 100),
  /** A higher price is refused as `price_changed`; left out: whatever it costs. */
  maxCredits: maxCredits.optional(),
});

export const createJobInput = createJobShape
  .refine(({ kind, transcriptId }) => (kind === "align") === (transcriptId !== undefined), {
    path: ["transcriptId"],
    error: "An align job, and no other, has a text.",
  })
  .refine(({ kind, sourceTrackId }) => (kind === "translate") === (sourceTrackId !== undefined), {
    path: ["sourceTrackId"],
    error: "A translate job, and no other, has a track.",
  })
  .refine(({ kind, options }) => kind !== "translate" || options.targets.length > 0, {
    path: ["options", "targets"],
    error: "Choose a language to translate into.",
  });
/** As it is sent: what has a default may be left out. */
export type CreateJobRequest = z.input<typeof createJobInput>;

export const retryJobInput = z.object({
  maxCredits: maxCredits.optional(),
  /** Of a job that is complete: only these of its languages. */
  languages: z.array(targetLanguageCode).min(1).max(maxTargets).optional(),
});

export const listJobsQuery = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  status: z.enum(jobStatuses).optional(),
  /** Part of the video's title. */
  q: cleanLine(0, 200).optional(),
  /** Made from then on, before then; ISO 8601 with the person's offset. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type ListJobsQuery = z.infer<typeof listJobsQuery>;

/** What a job costs and leaves, and how long it takes by measured speed. */
export interface JobQuoteView extends QuoteView {
  /** ms; null: nothing measured yet, or the length isn't known. */
  estimateMs: number | null;
  /** Different ones of the video's sound; null: not known, or it is another attempt that is priced. */
  audioChannels: number | null;
}

/** What a person chose for the last job, offered again for the next. */
export const jobPreference = z.object({
  language: speechLanguageChoice.default("auto"),
  options: jobOptions.default(plainOptions),
});
export type JobPreference = z.infer<typeof jobPreference>;

/** What this installation can do; the order form offers nothing else. */
export interface CapabilitiesView {
  speech: SpeechStatus & {
    /** Which of them differ; one of them: there is nothing to choose. */
    qualities: readonly JobOptions["quality"][];
  };
  translation: TranslationStatus;
  speakers: SpeakerEngineStatus[];
}
