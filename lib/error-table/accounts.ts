import { type ErrorEntry, entry } from "./entry";

/** Signing in and what belongs to an account. */
export const accountErrors = {
  credentials_rejected: entry(
    401,
    "이메일 또는 비밀번호가 맞지 않아요.",
    "The e-mail or password is wrong.",
  ),
  account_disabled: entry(
    403,
    "지금은 쓸 수 없는 계정이에요. 관리자에게 문의해 주세요.",
    "This account can't be used at the moment. Please ask the operator.",
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
    "너무 짧거나 추측하기 쉬운 비밀번호예요. 흔한 낱말이나 이름만 쓰지 말고 12자 이상으로 정해 주세요.",
    "This password is too short or easy to guess. Use at least 12 characters, and more than common words or your name.",
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
    "You were logged out. Please log in again.",
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
} satisfies Record<string, ErrorEntry>;
