import { kstTime } from "../kst";
import type { SandboxMethod, SandboxPayment } from "./payment";
import { refusalMessage } from "./refusals";

/** The version of Toss's objects that the sandbox speaks. */
export const apiVersion = "2022-11-16";
export const sandboxMid = "ax2sandbox";

/** Toss's labels. */
const methodLabels: Record<SandboxMethod, string> = {
  CARD: "카드",
  TRANSFER: "계좌이체",
  VIRTUAL_ACCOUNT: "가상계좌",
};

/** KRW without VAT: every published payment of Toss's is split like this. */
export function suppliedKrw(totalKrw: number): number {
  return Math.round(totalKrw / 1.1);
}

export function methodLabel({ method, easyPay }: SandboxPayment): string {
  return easyPay ? "간편결제" : methodLabels[method];
}

/** The Payment object as Toss would answer it. */
export function paymentView(payment: SandboxPayment, origin: string): Record<string, unknown> {
  const isPaid = payment.approvedAtMs !== null;
  const supplied = suppliedKrw(payment.balanceKrw);
  return {
    mId: sandboxMid,
    version: apiVersion,
    paymentKey: payment.paymentKey,
    type: "NORMAL",
    orderId: payment.orderId,
    orderName: payment.orderName,
    currency: "KRW",
    country: "KR",
    method: payment.authenticatedAtMs === null ? null : methodLabel(payment),
    totalAmount: payment.amountKrw,
    balanceAmount: payment.balanceKrw,
    suppliedAmount: supplied,
    vat: payment.balanceKrw - supplied,
    taxFreeAmount: 0,
    taxExemptionAmount: 0,
    status: payment.status,
    requestedAt: kstTime(payment.requestedAtMs),
    approvedAt: payment.approvedAtMs === null ? null : kstTime(payment.approvedAtMs),
    useEscrow: false,
    cultureExpense: false,
    isPartialCancelable: true,
    lastTransactionKey: payment.transactions.at(-1)?.transactionKey ?? null,
    cancels: payment.cancels.length > 0 ? payment.cancels.map(cancelView) : null,
    card: isPaid && payment.method === "CARD" && !payment.easyPay ? cardView(payment) : null,
    easyPay: isPaid && payment.easyPay ? easyPayView(payment) : null,
    transfer: isPaid && payment.method === "TRANSFER" ? transferView : null,
    virtualAccount: payment.method === "VIRTUAL_ACCOUNT" ? virtualAccountView(payment) : null,
    secret: payment.secret,
    receipt: isPaid ? { url: `${origin}/receipts/${payment.receiptKey}` } : null,
    checkout: { url: `${origin}/window/${payment.windowId}` },
    cashReceipt: hasCashReceipt(payment) ? cashReceiptView(payment, origin) : null,
    failure: failureView(payment),
    metadata: null,
  };
}

function cancelView(cancel: SandboxPayment["cancels"][number]) {
  return {
    transactionKey: cancel.transactionKey,
    cancelAmount: cancel.amountKrw,
    cancelReason: cancel.reason,
    canceledAt: kstTime(cancel.atMs),
    cancelStatus: "DONE",
    refundableAmount: cancel.refundableKrw,
    taxFreeAmount: 0,
    taxExemptionAmount: 0,
    easyPayDiscountAmount: 0,
    transferDiscountAmount: 0,
    receiptKey: null,
    cancelRequestId: null,
  };
}

function cardView(payment: SandboxPayment) {
  return {
    amount: payment.amountKrw,
    issuerCode: "61",
    acquirerCode: "31",
    number: "12345678****789*",
    approveNo: "00000000",
    installmentPlanMonths: 0,
    isInterestFree: false,
    useCardPoint: false,
    cardType: "신용",
    ownerType: "개인",
    acquireStatus: "READY",
  };
}

function easyPayView(payment: SandboxPayment) {
  return { provider: "토스페이", amount: payment.amountKrw, discountAmount: 0 };
}

const transferView = { bankCode: "92", settlementStatus: "INCOMPLETED" };

/** Seven days to pay. Toss's test accounts start with X, too. */
function virtualAccountView(payment: SandboxPayment) {
  return {
    accountNumber: `X${payment.receiptKey.replace(/\D/g, "").padStart(12, "0").slice(0, 12)}`,
    accountType: "일반",
    bankCode: "20",
    customerName: "연습용",
    dueDate: kstTime(payment.requestedAtMs + 7 * 86_400_000),
    expired: false,
    settlementStatus: "INCOMPLETED",
    refundStatus: "NONE",
    refundReceiveAccount: null,
  };
}

export function hasCashReceipt(payment: SandboxPayment): boolean {
  return (
    payment.approvedAtMs !== null && payment.method !== "CARD" && payment.cashReceipt !== "미발행"
  );
}

function cashReceiptView(payment: SandboxPayment, origin: string) {
  return {
    type: payment.cashReceipt,
    receiptKey: payment.receiptKey,
    issueNumber: issueNumber(payment),
    receiptUrl: `${origin}/cash-receipts/${payment.receiptKey}`,
    amount: payment.amountKrw,
    taxFreeAmount: 0,
  };
}

export function issueNumber(payment: SandboxPayment): string {
  return payment.receiptKey.slice(0, 9).toUpperCase();
}

function failureView({ failureCode }: SandboxPayment) {
  if (failureCode === null) return null;
  return { code: failureCode, message: failureMessage(failureCode) };
}

/** The sentence that goes with a code of the window. */
export function failureMessage(code: string): string {
  if (code === "PAY_PROCESS_CANCELED") return "사용자에 의해 결제가 취소되었습니다.";
  if (code === "PAY_PROCESS_ABORTED") return "결제 진행 중 승인에 실패하여 결제가 중단되었습니다.";
  return refusalMessage(code);
}
