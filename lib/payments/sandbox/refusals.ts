/**
 * Toss's error codes that the sandbox answers with: HTTP status and message. Statuses marked with
 * a star were seen from Toss with its test header; the others are from its list of error codes.
 */
const table = {
  INVALID_REQUEST: [400, "잘못된 요청입니다."],
  INVALID_IDEMPOTENCY_KEY: [400, "멱등키는 300자 이하여야 합니다."],
  ALREADY_PROCESSED_PAYMENT: [400, "이미 처리된 결제 입니다."], // *
  ALREADY_CANCELED_PAYMENT: [400, "이미 취소된 결제 입니다."],
  DUPLICATED_ORDER_ID: [400, "이미 승인 및 취소가 진행된 중복된 주문번호 입니다."], // *
  BELOW_MINIMUM_AMOUNT: [400, "신용카드는 결제금액이 100원 이상, 계좌는 200원이상부터 가능합니다."],
  NOT_MATCHES_REFUNDABLE_AMOUNT: [400, "잔액 결과가 일치하지 않습니다."],
  INVALID_REFUND_ACCOUNT_INFO: [400, "환불 계좌번호와 예금주명이 일치하지 않습니다."],
  PROVIDER_ERROR: [400, "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요."],
  CARD_PROCESSING_ERROR: [400, "카드사에서 오류가 발생했습니다."],
  UNAUTHORIZED_KEY: [401, "인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다."], // *
  REJECT_CARD_PAYMENT: [403, "한도초과 혹은 잔액부족으로 결제에 실패했습니다."], // *
  REJECT_CARD_COMPANY: [403, "결제 승인이 거절되었습니다."],
  REJECT_ACCOUNT_PAYMENT: [403, "잔액부족으로 결제에 실패했습니다."],
  NOT_CANCELABLE_AMOUNT: [403, "취소 할 수 없는 금액 입니다."],
  NOT_CANCELABLE_PAYMENT: [403, "취소 할 수 없는 결제 입니다."],
  NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT: [403, "입금 대기중인 결제는 부분 환불이 불가합니다."],
  FORBIDDEN_CONSECUTIVE_REQUEST: [
    403,
    "반복적인 요청은 허용되지 않습니다. 잠시 후 다시 시도해주세요.",
  ],
  NOT_FOUND_PAYMENT: [404, "존재하지 않는 결제 정보 입니다."], // *
  NOT_FOUND_PAYMENT_SESSION: [404, "결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다."],
  IDEMPOTENT_REQUEST_PROCESSING: [409, "이전 멱등 요청이 처리중입니다."], // *
  COMMON_ERROR: [500, "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요."], // *
  FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING: [500, "결제가 완료되지 않았어요. 다시 시도해주세요."], // *
  FAILED_INTERNAL_SYSTEM_PROCESSING: [
    500,
    "내부 시스템 처리 작업이 실패했습니다. 잠시 후 다시 시도해주세요.",
  ],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof table;

export interface ApiAnswer {
  status: number;
  body: unknown;
}

/** Toss's answer with this code; a code that isn't in the table is a 400 of that name. */
export function refusal(code: string): ApiAnswer {
  const [status, message] = entryOf(code);
  return { status, body: { code, message } };
}

export function refusalMessage(code: string): string {
  return entryOf(code)[1];
}

function entryOf(code: string): readonly [number, string] {
  return isRefusalCode(code) ? table[code] : table.INVALID_REQUEST;
}

function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(table, code);
}
