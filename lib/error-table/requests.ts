import { type ErrorEntry, entry } from "./entry";

/** Any request may meet these. */
export const requestErrors = {
  invalid_request: entry(400, "요청을 읽을 수 없어요.", "The request can't be read."),
  validation_failed: entry(422, "입력한 내용을 확인해 주세요.", "Please check what you entered."),
  unauthenticated: entry(401, "로그인해 주세요.", "Please log in."),
  other_account: entry(
    401,
    "다른 계정으로 로그인했어요. 편집을 한 계정으로 다시 로그인해 주세요.",
    "Another account is logged in. Log in again with the one that made the edits.",
  ),
  forbidden: entry(403, "이 작업을 할 수 없어요.", "You can't do this.", { audited: "authz_fail" }),
  cross_site: entry(
    403,
    "다른 사이트에서 온 요청이라 막았어요.",
    "Blocked: the request came from another site.",
    { audited: "malicious_csrf" },
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
    { retryable: true, audited: "excess_rate_limit_exceeded" },
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
} satisfies Record<string, ErrorEntry>;
