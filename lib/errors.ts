/**
 * The closed table of everything that can go wrong: HTTP status, whether trying again can help,
 * how loudly it is logged, whether it goes into the audit log, and what the person reads.
 * HTTP answers, job rows, Inngest's retry decision and the screen all derive from this one table.
 */
interface ErrorEntry {
  status: number;
  /** Trying the same thing again later may succeed. */
  retryable: boolean;
  logLevel: "info" | "warn" | "error";
  audited: boolean;
  title: { ko: string; en: string };
}

const entry = (
  status: number,
  ko: string,
  en: string,
  more: Partial<Omit<ErrorEntry, "status" | "title">> = {},
): ErrorEntry => ({
  status,
  retryable: false,
  logLevel: status >= 500 ? "error" : "info",
  audited: false,
  ...more,
  title: { ko, en },
});

export const errorTable = {
  // Requests
  invalid_request: entry(400, "요청을 읽을 수 없어요.", "The request can't be read."),
  validation_failed: entry(422, "입력한 내용을 확인해 주세요.", "Please check what you entered."),
  unauthenticated: entry(401, "로그인해 주세요.", "Please log in."),
  forbidden: entry(403, "이 작업을 할 수 없어요.", "You can't do this.", { audited: true }),
  cross_site: entry(
    403,
    "다른 사이트에서 온 요청이라 막았어요.",
    "Blocked: the request came from another site.",
    { audited: true },
  ),
  not_found: entry(404, "찾을 수 없어요.", "Not found."),
  method_not_allowed: entry(405, "지원하지 않는 요청이에요.", "This method isn't supported."),
  conflict: entry(
    409,
    "다른 변경과 겹쳤어요. 새로 고친 뒤 다시 해 주세요.",
    "This clashes with another change. Reload and try again.",
  ),
  edit_conflict: entry(
    409,
    "같은 자막이 다른 곳에서 바뀌었어요. 어느 쪽을 남길지 골라 주세요.",
    "This cue was changed elsewhere. Choose which one to keep.",
  ),
  gone: entry(410, "이미 지워졌어요.", "This has been deleted."),
  payload_too_large: entry(413, "보낸 내용이 너무 커요.", "The request is too large."),
  unsupported_media_type: entry(415, "지원하지 않는 형식이에요.", "This format isn't supported."),
  range_not_satisfiable: entry(
    416,
    "요청한 구간이 파일 밖이에요.",
    "The requested range is outside the file.",
  ),
  rate_limited: entry(
    429,
    "요청이 너무 잦아요. 잠시 뒤에 다시 해 주세요.",
    "Too many requests. Please wait a moment.",
    { retryable: true, audited: true },
  ),
  internal: entry(
    500,
    "문제가 생겼어요. 다시 시도해 주세요.",
    "Something went wrong. Please try again.",
    { retryable: true },
  ),
  not_ready: entry(
    503,
    "아직 준비 중이에요. 잠시 뒤에 다시 해 주세요.",
    "Not ready yet. Please try again shortly.",
    { retryable: true, logLevel: "warn" },
  ),

  // Accounts
  credentials_rejected: entry(
    401,
    "이메일 또는 비밀번호가 맞지 않아요.",
    "The e-mail or password is wrong.",
    { audited: true },
  ),
  email_unconfirmed: entry(
    403,
    "아직 이메일을 확인하지 않았어요. 받은 메일의 링크를 눌러 주세요.",
    "This e-mail isn't confirmed yet. Please open the link in the mail we sent.",
  ),
  email_unchanged: entry(422, "지금 쓰는 이메일이에요.", "This is already your e-mail."),
  log_in_locked: entry(
    429,
    "로그인 시도가 너무 많아서 잠시 막았어요. 비밀번호 재설정은 지금도 할 수 있어요.",
    "Too many attempts, so log-in is paused for a while. You can still reset your password.",
    { retryable: true },
  ),
  password_too_weak: entry(
    422,
    "너무 짧거나 추측하기 쉬운 비밀번호예요. 12자 이상으로 정해 주세요.",
    "This password is too short or easy to guess. Use at least 12 characters.",
  ),
  password_leaked: entry(
    422,
    "유출된 적이 있는 흔한 비밀번호예요. 다른 비밀번호로 정해 주세요.",
    "This password is on lists of leaked passwords. Please choose another one.",
  ),
  password_missing: entry(
    409,
    "비밀번호가 없는 계정이에요. 먼저 비밀번호를 만들어 주세요.",
    "This account has no password. Please set one first.",
  ),
  token_invalid: entry(
    410,
    "링크가 만료됐거나 이미 쓰였어요. 새로 받아 주세요.",
    "This link has expired or was already used. Please ask for a new one.",
  ),
  refresh_rejected: entry(
    401,
    "로그인이 끝났어요. 다시 로그인해 주세요.",
    "This sign-in has ended. Please log in again.",
  ),
  second_factor_required: entry(
    401,
    "인증 앱의 코드를 입력해 주세요.",
    "Please enter the code from your authenticator app.",
  ),
  second_factor_rejected: entry(
    401,
    "코드가 맞지 않아요. 새 코드로 다시 해 주세요.",
    "That code isn't right. Please try a new one.",
  ),
  second_factor_on: entry(
    409,
    "2단계 인증이 이미 켜져 있어요.",
    "Two-step verification is already on.",
  ),
  reauthentication_required: entry(
    403,
    "안전을 위해 본인 확인을 다시 해 주세요.",
    "To be safe, please confirm that it's you.",
  ),
  provider_unavailable: entry(
    404,
    "이 로그인 방법은 설정되지 않았어요.",
    "This way to log in isn't set up.",
  ),
  provider_failed: entry(
    502,
    "다른 서비스로 로그인하지 못했어요. 다시 해 주세요.",
    "Logging in with the other service failed. Please try again.",
    { retryable: true, logLevel: "warn" },
  ),
  provider_denied: entry(
    403,
    "로그인을 취소했어요. 다시 하거나 다른 방법을 골라 주세요.",
    "The log-in was cancelled. Try again or choose another way.",
  ),
  identity_taken: entry(
    409,
    "이미 다른 계정에 연결돼 있어요.",
    "This is already linked to another account.",
  ),
  identity_unlinked: entry(
    409,
    "이 이메일로 만든 계정이 있어요. 그 계정으로 로그인한 뒤 설정에서 연결해 주세요.",
    "An account with this e-mail exists. Log in to it, then link this in the settings.",
  ),
  last_sign_in_method: entry(
    409,
    "마지막 로그인 방법은 없앨 수 없어요. 먼저 다른 방법을 더해 주세요.",
    "The last way to log in can't be removed. Add another one first.",
  ),
  confirmation_mismatch: entry(
    422,
    "확인 문구가 달라요. 그대로 입력해 주세요.",
    "The confirmation doesn't match. Please type it exactly.",
  ),
  photo_unreadable: entry(
    422,
    "사진을 읽을 수 없어요. JPEG, PNG, WebP 사진을 골라 주세요.",
    "The photo can't be read. Please choose a JPEG, PNG or WebP image.",
  ),
  mail_failed: entry(502, "메일을 보내지 못했어요.", "The mail could not be sent.", {
    retryable: true,
    logLevel: "warn",
  }),

  // Uploads
  file_empty: entry(422, "빈 파일이에요.", "The file is empty."),
  file_too_large: entry(
    413,
    "2GB를 넘는 파일은 올릴 수 없어요.",
    "Files over 2 GB can't be uploaded.",
  ),
  file_type_unsupported: entry(
    415,
    "MP4, MOV, AVI, WEBM 영상만 올릴 수 있어요. 이 파일은 내용이 달라요.",
    "Only MP4, MOV, AVI and WEBM videos can be uploaded. This file's content is something else.",
  ),
  file_unreadable: entry(
    422,
    "영상을 읽을 수 없어요. 파일이 망가졌는지 확인해 주세요.",
    "The video can't be read. Please check whether the file is damaged.",
  ),
  file_truncated: entry(
    422,
    "파일 뒷부분이 잘렸어요. 다시 내보내거나 복사해서 올려 주세요.",
    "The end of the file is missing. Please export or copy it again.",
  ),
  video_stream_missing: entry(422, "영상이 없는 파일이에요.", "The file has no video."),
  audio_stream_missing: entry(
    422,
    "소리가 없는 영상이라 자막을 만들 수 없어요.",
    "The video has no sound, so there is nothing to caption.",
  ),
  codec_unsupported: entry(
    415,
    "지원하지 않는 코덱이에요. H.264 영상과 AAC 소리로 다시 내보내 올려 주세요.",
    "This codec isn't supported. Please export the video again as H.264 with AAC sound.",
  ),
  video_limits_exceeded: entry(
    422,
    "12시간이 넘거나 8K보다 큰 영상은 처리할 수 없어요.",
    "Videos longer than 12 hours or larger than 8K can't be processed.",
  ),
  size_mismatch: entry(
    422,
    "받은 크기가 파일 크기와 달라요. 다시 올려 주세요.",
    "The received size differs from the file's. Please upload it again.",
  ),
  upload_expired: entry(
    410,
    "업로드가 만료됐어요. 처음부터 다시 올려 주세요.",
    "The upload has expired. Please start again.",
  ),
  storage_full: entry(
    507,
    "저장 공간이 부족해요. 관리자에게 알려 주세요.",
    "Storage is full. Please tell the operator.",
    { retryable: true },
  ),
  storage_unavailable: entry(
    503,
    "저장소에 연결할 수 없어요. 잠시 뒤에 다시 해 주세요.",
    "Storage can't be reached. Please try again shortly.",
    { retryable: true },
  ),

  // Media
  media_timeout: entry(
    422,
    "영상을 처리하는 데 너무 오래 걸려서 멈췄어요.",
    "Processing the video took too long and was stopped.",
    { retryable: true, logLevel: "warn" },
  ),
  media_failed: entry(422, "영상을 처리하지 못했어요.", "The video could not be processed.", {
    logLevel: "warn",
  }),
  media_tool_missing: entry(
    503,
    "ffmpeg를 찾을 수 없어요. 설치한 뒤 다시 시작해 주세요.",
    "ffmpeg was not found. Install it and start again.",
    { retryable: true, logLevel: "error" },
  ),

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

export type ErrorCode = keyof typeof errorTable;

export interface FieldError {
  /** Dotted path of the field, e.g. `options.language`. */
  path: string;
  message: string;
}

interface AppErrorOptions {
  /** For logs and programs; never shown to a person and free of secrets. */
  detail?: string;
  fields?: FieldError[];
  /** How long to wait before the next try, in ms, when it is known. */
  retryAfterMs?: number;
  /** What a program needs to go on, e.g. both values of an edit in conflict. */
  data?: Record<string, unknown>;
  cause?: unknown;
}

/** The one error that crosses rooms. Anything else is a defect and reads as `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldError[];
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;
  readonly data: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ? `${code}: ${options.detail}` : code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = options.detail;
    this.fields = options.fields ?? [];
    this.retryAfterMs = options.retryAfterMs;
    this.data = options.data;
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  get retryable(): boolean {
    return errorTable[this.code].retryable;
  }

  static is(error: unknown, code?: ErrorCode): error is AppError {
    return error instanceof AppError && (code === undefined || error.code === code);
  }
}

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorTable, value);
}

/** The sentence for a person, in their language. */
export function errorTitle(code: ErrorCode, locale: "ko" | "en"): string {
  return errorTable[code].title[locale];
}
