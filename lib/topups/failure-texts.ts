import type { Locale } from "@/lib/accounts/schema";

/** Our sentence for what the provider, or we, gave as the reason why an order came to nothing. */
const sentences: Record<string, Record<Locale, string>> = {
  PAY_PROCESS_CANCELED: {
    ko: "결제창을 닫아서 결제하지 않았어요.",
    en: "The payment window was closed, so nothing was paid.",
  },
  PAY_PROCESS_ABORTED: {
    ko: "결제가 끝나기 전에 중단됐어요.",
    en: "The payment was broken off before it ended.",
  },
  REJECT_CARD_COMPANY: {
    ko: "카드사에서 결제를 거절했어요. 다른 카드로 하거나 카드사에 물어봐 주세요.",
    en: "The card company refused the payment. Please use another card or ask them.",
  },
  REJECT_CARD_PAYMENT: {
    ko: "한도를 넘었거나 잔액이 모자라서 결제하지 못했어요.",
    en: "The card's limit or balance doesn't cover the payment.",
  },
  REJECT_ACCOUNT_PAYMENT: {
    ko: "계좌의 잔액이 모자라서 결제하지 못했어요.",
    en: "The account's balance doesn't cover the payment.",
  },
  INVALID_STOPPED_CARD: {
    ko: "정지된 카드예요. 다른 카드로 해 주세요.",
    en: "This card has been stopped. Please use another one.",
  },
  INVALID_CARD_EXPIRATION: {
    ko: "카드 유효 기간을 확인해 주세요.",
    en: "Please check the card's expiry date.",
  },
  EXCEED_MAX_AMOUNT: {
    ko: "한 번에 결제할 수 있는 금액을 넘었어요.",
    en: "This is more than can be paid at once.",
  },
  EXCEED_MAX_DAILY_PAYMENT_COUNT: {
    ko: "오늘 결제할 수 있는 횟수를 넘었어요. 내일 다시 하거나 다른 수단을 써 주세요.",
    en: "Today's number of payments has been reached. Try again tomorrow or pay another way.",
  },
  EXCEED_MAX_PAYMENT_AMOUNT: {
    ko: "하루에 결제할 수 있는 금액을 넘었어요. 다른 수단을 써 주세요.",
    en: "The daily limit has been reached. Please pay another way.",
  },
  ORDER_MISMATCH: {
    ko: "결제 금액이 주문과 달라서 승인하지 않았어요.",
    en: "The amount differs from the order, so it wasn't approved.",
  },
  SUPERSEDED: {
    ko: "같은 코드로 새 주문을 시작해서 이 주문은 닫았어요.",
    en: "A newer order uses the same promotion, so this one was closed.",
  },
  NOT_FOUND_PAYMENT_SESSION: {
    ko: "결제 시간이 지났어요. 다시 결제해 주세요.",
    en: "Time for this payment has run out. Please pay again.",
  },
  CANCELED: {
    ko: "결제사에서 취소한 결제예요.",
    en: "The payment was cancelled at the payment company.",
  },
};

const others: Record<
  "failed" | "expired" | "cancelled" | "held_for_review",
  Record<Locale, string>
> = {
  failed: {
    ko: "결제가 승인되지 않았어요. 다시 하거나 다른 수단을 써 주세요.",
    en: "The payment wasn't approved. Try again or pay another way.",
  },
  expired: {
    ko: "결제 시간이 지났어요. 다시 결제해 주세요.",
    en: "Time for this payment has run out. Please pay again.",
  },
  cancelled: {
    ko: "결제를 취소했어요.",
    en: "The payment was cancelled.",
  },
  held_for_review: {
    ko: "결제 내용을 사람이 확인하고 있어요. 끝나면 알려 드려요.",
    en: "A person is looking into this payment. You will hear when that has ended.",
  },
};

/** Why an order came to nothing, for its owner to read; null: it didn't. */
export function failureText(
  order: { state: string; failureCode: string | null },
  locale: Locale,
): string | null {
  const { state, failureCode } = order;
  if (!Object.hasOwn(others, state)) return null;
  if (state === "held_for_review") return others.held_for_review[locale];
  const known = failureCode === null ? undefined : sentences[failureCode];
  return (known ?? others[state as keyof typeof others])[locale];
}
