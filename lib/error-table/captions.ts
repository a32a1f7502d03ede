import { type ErrorEntry, entry } from "./entry";

/** From speech to subtitles. */
export const captionErrors = {
  // Speech
  speech_unavailable: entry(
    503,
    "음성 인식 엔진이 없어요. Python 3.10 이상을 설치하고 다시 시작하거나 OPENAI_API_KEY를 설정해 주세요.",
    "No speech engine is set up. Install Python 3.10 or newer and restart, or set OPENAI_API_KEY.",
  ),
  speech_unauthorized: entry(
    502,
    "음성 인식 서비스가 열쇠를 받아들이지 않았어요. OPENAI_API_KEY를 확인해 주세요.",
    "The speech service refused the key. Check OPENAI_API_KEY.",
  ),
  speech_quota_exceeded: entry(
    502,
    "음성 인식 서비스의 사용 한도를 다 썼어요.",
    "The speech service's quota is used up.",
  ),
  speech_rate_limited: entry(
    503,
    "음성 인식 서비스가 붐벼요. 잠시 뒤에 다시 시도해 주세요.",
    "The speech service is busy. Please try again shortly.",
    { retryable: true, logLevel: "warn" },
  ),
  speech_rejected: entry(
    502,
    "음성 인식 서비스가 이 소리를 받지 않았어요.",
    "The speech service refused this audio.",
  ),
  speech_failed: entry(
    502,
    "음성 인식 서비스에 문제가 있어요. 잠시 뒤에 다시 시도해 주세요.",
    "The speech service had a problem. Please try again shortly.",
    { retryable: true, logLevel: "warn" },
  ),
  speech_bad_answer: entry(
    502,
    "음성 인식 서비스의 답을 읽을 수 없어요.",
    "The speech service's answer can't be read.",
    { retryable: true, logLevel: "warn" },
  ),
  language_unsupported: entry(422, "지원하지 않는 언어예요.", "This language isn't supported."),

  // Jobs
  job_finished: entry(409, "이미 끝난 작업이에요.", "This job has already ended."),
  job_cancelled: entry(409, "취소한 작업이에요.", "This job was cancelled."),
  job_lost: entry(
    500,
    "작업이 멈춰 있어서 끝냈어요. 다시 시도해 주세요.",
    "The job had stopped and was ended. Please try again.",
    { retryable: true },
  ),

  // Subtitles
  subtitles_unreadable: entry(
    422,
    "자막 파일을 읽을 수 없어요.",
    "The subtitle file can't be read.",
  ),
} satisfies Record<string, ErrorEntry>;
