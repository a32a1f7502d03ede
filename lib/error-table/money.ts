import { type ErrorEntry, entry } from "./entry";

/** Credits and payments. */
export const moneyErrors = {
  credits_insufficient: entry(
    402,
    "크레딧이 모자라요. 충전한 뒤에 다시 시작해 주세요.",
    "There aren't enough credits. Please top up and start again.",
  ),
  wallet_frozen: entry(
    403,
    "결제를 확인하는 동안 크레딧 사용을 멈췄어요. 고객센터로 알려 주세요.",
    "Credits are on hold while a payment is looked into. Please contact us.",
    { logLevel: "warn" },
  ),
  idempotency_conflict: entry(
    409,
    "같은 요청 번호로 다른 내용이 왔어요. 새로고침한 뒤에 다시 해 주세요.",
    "This request number was used for something else. Please reload and try again.",
  ),
  price_changed: entry(
    409,
    "그 사이에 값이 바뀌었어요. 새 값을 확인해 주세요.",
    "The price has changed meanwhile. Please look at the new one.",
  ),
  credits_in_use: entry(
    409,
    "지금 작업에 쓰이고 있는 크레딧이 있어요. 작업이 끝난 뒤에 다시 해 주세요.",
    "Some of these credits are held by a job. Please try again when it has ended.",
    { retryable: true },
  ),

  // Payments
  payments_unavailable: entry(
    503,
    "결제를 준비하지 않은 곳이에요. TOSS_CLIENT_KEY와 TOSS_SECRET_KEY를 설정해 주세요.",
    "Payments aren't set up here. Set TOSS_CLIENT_KEY and TOSS_SECRET_KEY.",
  ),
  payments_unreachable: entry(
    502,
    "결제사에 연결할 수 없어요. 잠시 뒤에 다시 시도해 주세요.",
    "The payment company can't be reached. Please try again shortly.",
    { retryable: true, logLevel: "warn" },
  ),
  package_unknown: entry(404, "지금은 팔지 않는 상품이에요.", "This package isn't on sale."),
  promotion_unknown: entry(
    422,
    "쓸 수 없는 코드예요. 철자와 기간을 확인해 주세요.",
    "This code can't be used. Please check its spelling and dates.",
  ),
  promotion_used: entry(409, "이미 쓴 코드예요.", "You have already used this code."),
  promotion_exhausted: entry(409, "준비한 수량이 다 쓰인 코드예요.", "This code has been used up."),
  order_mismatch: entry(
    409,
    "결제 금액이 주문과 달라서 승인하지 않았어요. 돈은 나가지 않았어요.",
    "The amount differs from the order, so it wasn't approved. No money was taken.",
    { logLevel: "warn" },
  ),
  order_expired: entry(
    410,
    "결제 시간이 지났어요. 돈은 나가지 않았으니 다시 결제해 주세요.",
    "Time for this payment has run out. No money was taken; please pay again.",
  ),
  order_closed: entry(
    409,
    "이미 끝난 주문이에요. 내역에서 결과를 확인해 주세요.",
    "This order has ended. Please look at its result in the list.",
  ),
  payment_refused: entry(
    402,
    "결제가 승인되지 않았어요. 돈은 나가지 않았어요.",
    "The payment wasn't approved. No money was taken.",
  ),
  refund_not_possible: entry(
    409,
    "돌려드릴 수 있는 금액이 없어요.",
    "There is nothing left to refund.",
  ),
  refund_under_way: entry(
    409,
    "이 주문은 이미 환불하고 있어요. 결과를 기다려 주세요.",
    "This order is being refunded already. Please wait for the result.",
  ),
  refund_rejected: entry(
    502,
    "결제사에서 환불을 받아들이지 않았어요. 크레딧은 되돌려 놓았어요.",
    "The payment company refused the refund. Your credits are back.",
    { logLevel: "warn" },
  ),

  findings_open: entry(
    409,
    "이 계정에 아직 풀리지 않은 다른 심각한 차이가 있어요. 먼저 처리해 주세요.",
    "Another critical difference of this account is still open. Please see to it first.",
  ),

  // Trying without an account
  trial_over: entry(
    403,
    "무료 체험을 다 썼어요. 가입하면 이어서 할 수 있어요.",
    "The free trial is used up. Sign up to go on.",
  ),
  trial_busy: entry(
    429,
    "오늘 준비한 무료 체험이 모두 나갔어요. 가입하면 바로 시작할 수 있어요.",
    "Today's free trials have all been taken. Sign up to start right away.",
  ),
  trial_too_long: entry(
    422,
    "무료 체험은 3분 이하 영상만 할 수 있어요. 가입하면 더 긴 영상도 올릴 수 있어요.",
    "The free trial takes videos of up to 3 minutes. Sign up for longer ones.",
  ),
  trial_too_large: entry(
    413,
    "무료 체험은 200MB 이하 파일만 할 수 있어요. 가입하면 더 큰 파일도 올릴 수 있어요.",
    "The free trial takes files of up to 200 MB. Sign up for larger ones.",
  ),
  trial_uploading: entry(
    409,
    "무료 체험은 한 번에 영상 하나씩 올릴 수 있어요. 지금 올리는 영상을 먼저 끝내 주세요.",
    "The free trial takes one upload at a time. Please finish the one under way first.",
  ),
  trial_uploads_used: entry(
    429,
    "무료 체험으로는 하루에 영상 5개까지 올릴 수 있어요. 가입하면 이어서 올릴 수 있어요.",
    "The free trial takes 5 uploads a day. Sign up to go on.",
  ),
  account_required: entry(
    403,
    "계정이 있어야 할 수 있어요. 가입하거나 로그인해 주세요.",
    "This needs an account. Please sign up or log in.",
  ),
  claim_changed: entry(
    409,
    "그 사이에 옮길 내용이 바뀌었어요. 새 목록을 확인해 주세요.",
    "What there is to move has changed meanwhile. Please look at the new list.",
  ),
  claim_busy: entry(
    409,
    "체험 영상을 아직 처리하고 있어요. 끝나면 옮길 수 있어요.",
    "The trial video is still being worked on. It can be moved when that has ended.",
    { retryable: true },
  ),
} satisfies Record<string, ErrorEntry>;
