import type { Payment } from "@/lib/payments/schema";

/**
 * What is kept of a payment beside the order: its money and its states. Nothing of whom it was
 * paid by stays: no card or account number, no name, no key that opens anything.
 */
export function paymentSnapshot(payment: Payment) {
  const { version, mId, type, status, currency, method, totalAmount, balanceAmount } = payment;
  const { suppliedAmount, vat, requestedAt, approvedAt, lastTransactionKey, failure } = payment;
  const { virtualAccount, card, easyPay } = payment;
  return {
    ...{ version, mId, type, status, currency, method, totalAmount, balanceAmount },
    ...{ suppliedAmount, vat, requestedAt, approvedAt, lastTransactionKey },
    failure: failure ? { code: failure.code, message: failure.message } : null,
    card: card ? { issuerCode: card.issuerCode, cardType: card.cardType } : null,
    easyPay: easyPay ? { provider: easyPay.provider } : null,
    virtualAccount: virtualAccount
      ? { bankCode: virtualAccount.bankCode, dueDate: virtualAccount.dueDate }
      : null,
    cancels: payment.cancels.map((cancel) => ({
      cancelAmount: cancel.cancelAmount,
      canceledAt: cancel.canceledAt,
      transactionKey: cancel.transactionKey,
      cancelStatus: cancel.cancelStatus,
    })),
  };
}
