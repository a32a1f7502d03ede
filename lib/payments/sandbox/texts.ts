/** What the sandbox's own pages say. */
const ko = {
  title: "연습용 결제창",
  banner: "연습용 결제창이에요. 실제 돈은 나가지 않아요.",
  about: "토스페이먼츠를 흉내 낸 화면이에요. 카드 번호나 비밀번호를 묻지 않아요.",
  item: "상품",
  orderId: "주문번호",
  amount: "결제 금액",
  method: "결제 수단",
  methods: { CARD: "신용·체크카드", TRANSFER: "계좌이체", VIRTUAL_ACCOUNT: "가상계좌" },
  easyPay: "토스페이 (간편결제)",
  cashReceipt: "현금영수증",
  cashReceipts: { 소득공제: "소득공제", 지출증빙: "지출증빙", 미발행: "신청 안 함" },
  pay: "결제하기",
  others: "다른 결과 연습하기",
  refuseCompany: "카드사가 거절",
  refuseLater: "승인할 때 한도 초과",
  abort: "결제 도중 오류",
  cancel: "취소하고 돌아가기",
  over: "이미 끝난 결제창이에요",
  overText: "이 결제창에서는 더 할 수 있는 일이 없어요. 원래 화면으로 돌아가 주세요.",
  back: "돌아가기",
  receipt: "연습용 매출전표",
  cashReceiptTitle: "연습용 현금영수증",
  receiptNote: "연습용 결제의 영수증이에요. 세금 증빙으로 쓸 수 없어요.",
  approvedAt: "승인 시각",
  supplied: "공급가액",
  vat: "부가세",
  cancelled: "취소된 금액",
  issueNumber: "발급 번호",
  notFound: "찾을 수 없는 주소예요",
};

const en: typeof ko = {
  title: "Practice payment window",
  banner: "This is a practice payment window. No money moves.",
  about: "It stands in for Toss Payments. It asks for no card number and no password.",
  item: "Item",
  orderId: "Order number",
  amount: "Amount",
  method: "Paid by",
  methods: { CARD: "Card", TRANSFER: "Bank transfer", VIRTUAL_ACCOUNT: "Virtual account" },
  easyPay: "Toss Pay (easy pay)",
  cashReceipt: "Cash receipt",
  cashReceipts: {
    소득공제: "Income deduction",
    지출증빙: "Proof of expense",
    미발행: "Not asked for",
  },
  pay: "Pay",
  others: "Practise another result",
  refuseCompany: "Card company refuses",
  refuseLater: "Over the limit when approved",
  abort: "Error during payment",
  cancel: "Cancel and go back",
  over: "This payment window is over",
  overText: "There is nothing more to do here. Please go back to where you came from.",
  back: "Go back",
  receipt: "Practice sales slip",
  cashReceiptTitle: "Practice cash receipt",
  receiptNote: "This is the receipt of a practice payment. It proves nothing to a tax office.",
  approvedAt: "Approved at",
  supplied: "Without VAT",
  vat: "VAT",
  cancelled: "Cancelled",
  issueNumber: "Issue number",
  notFound: "There is no such page",
};

export type Texts = typeof ko;
export type Locale = "ko" | "en";

export const texts: Record<Locale, Texts> = { ko, en };

/** Korean unless a browser prefers English to it. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? "").toLowerCase();
  const [english, korean] = [wanted.search(/\ben\b/), wanted.search(/\bko\b/)];
  return english >= 0 && (korean < 0 || english < korean) ? "en" : "ko";
}
