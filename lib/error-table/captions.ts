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

  // Speakers
  speakers_unavailable: entry(
    503,
    "이 방법으로는 지금 화자를 나눌 수 없어요. 다른 방법을 고르거나 화자 구분을 꺼 주세요.",
    "Speakers can't be told apart this way at the moment. Choose another way or turn it off.",
  ),
  speakers_failed: entry(
    502,
    "화자를 나누는 중에 문제가 생겼어요. 잠시 뒤에 다시 시도해 주세요.",
    "Telling the speakers apart had a problem. Please try again shortly.",
    { retryable: true, logLevel: "warn" },
  ),

  // Translation
  translation_unavailable: entry(
    503,
    "번역 엔진이 없어요. 운영자가 DEEPL_AUTH_KEY나 TRANSLATION_MODEL을 설정하면 쓸 수 있어요.",
    "No translation engine is set up. It needs DEEPL_AUTH_KEY or TRANSLATION_MODEL.",
  ),
  translation_language_unsupported: entry(
    422,
    "이 언어에서 고른 언어로 번역하는 엔진이 없어요. 두 언어를 확인해 주세요.",
    "No engine translates from this language into the chosen one. Please check both.",
  ),
  translation_too_long: entry(
    422,
    "영상 길이에 비해 자막 글이 너무 길어요. 글을 줄인 뒤 다시 시도해 주세요.",
    "The subtitles hold more text than fits the video. Shorten them and try again.",
  ),
  translation_unauthorized: entry(
    502,
    "번역 서비스가 열쇠를 받아들이지 않았어요. 운영자에게 알려 주세요.",
    "The translation service refused our key. Please tell the operator.",
  ),
  translation_quota_exceeded: entry(
    502,
    "번역 서비스의 사용 한도를 다 썼어요. 나중에 이 언어만 다시 시도해 주세요.",
    "The translation service's quota is used up. Try this language again later.",
  ),
  translation_rate_limited: entry(
    503,
    "번역 서비스가 붐벼요. 잠시 뒤에 다시 시도해 주세요.",
    "The translation service is busy. Please try again shortly.",
    { retryable: true, logLevel: "warn" },
  ),
  translation_rejected: entry(
    502,
    "번역 서비스가 이 글을 받지 않았어요.",
    "The translation service refused this text.",
  ),
  translation_failed: entry(
    502,
    "번역 서비스에 문제가 있어요. 잠시 뒤에 다시 시도해 주세요.",
    "The translation service had a problem. Please try again shortly.",
    { retryable: true, logLevel: "warn" },
  ),
  translation_bad_answer: entry(
    502,
    "번역 서비스의 답에 빠지거나 겹친 자막이 있어요. 다시 시도해 주세요.",
    "The translation service's answer lost or repeated subtitles. Please try again.",
    { retryable: true, logLevel: "warn" },
  ),

  // Texts that people bring
  transcript_empty: entry(
    422,
    "파일에 글이 없어요. 다른 파일을 골라 주세요.",
    "The file has no text. Please choose another.",
  ),
  transcript_mismatch: entry(
    422,
    "글이 영상에서 하는 말과 달라요. 이 영상의 대본이 맞는지 확인해 주세요.",
    "The text isn't what is said in the video. Check that it is the right one.",
  ),

  // Own lists
  limit_reached: entry(
    409,
    "더 넣을 자리가 없어요. 안 쓰는 것을 지워 주세요.",
    "There is no room for more. Delete what isn't used.",
  ),
  name_taken: entry(409, "같은 이름이 이미 있어요.", "There is one of this name already."),

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
