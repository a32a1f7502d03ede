import type { ErrorCode } from "@/lib/errors";
import type { JobRemedy } from "./schema";

/** Trying again can't help: the file, the order or the text has to be another. */
const chooseOther = new Set<ErrorCode>([
  "file_empty",
  "file_too_large",
  "file_truncated",
  "file_type_unsupported",
  "file_unreadable",
  "audio_stream_missing",
  "video_stream_missing",
  "codec_unsupported",
  "video_limits_exceeded",
  "gone",
  "language_unsupported",
  "speakers_unavailable",
  "speech_rejected",
  "translation_language_unsupported",
  "translation_rejected",
  "translation_too_long",
  "transcript_empty",
  "transcript_mismatch",
]);

/** Only whoever runs the installation can mend it. */
const contact = new Set<ErrorCode>([
  "speech_unavailable",
  "speech_unauthorized",
  "speech_quota_exceeded",
  "translation_unavailable",
  "translation_unauthorized",
  "translation_quota_exceeded",
  "storage_full",
]);

/** What a person can do about a job, or a language of it, that failed. */
export function remedyOf(code: ErrorCode): JobRemedy {
  if (code === "credits_insufficient") return "add_credits";
  if (chooseOther.has(code)) return "choose_other";
  return contact.has(code) ? "contact" : "retry";
}
