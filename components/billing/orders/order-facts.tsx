"use client";

import { useTranslations } from "next-intl";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { useQuantities } from "@/lib/client/use-quantities";
import type { OrderView } from "@/lib/topups/schema";
import { Amount, AmountList } from "../amount-list";
import { OutsideLink } from "../receipt-links";
import { useBillingText } from "../use-billing-text";
import { knownMethod } from "./method-name";

/** Panels keep together on paper. */
const panelStyle = "break-inside-avoid";

/** The money: price, discount, tax, total, how and when. */
export function OrderPayment({ order }: { order: OrderView }) {
  const t = useTranslations("topups.order");
  const text = useBillingText();
  const quantities = useQuantities();
  const { listKrw, discountKrw, suppliedKrw, vatKrw, amountKrw, balanceKrw } = order;
  const { promotion, method, createdAt, approvedAt } = order;
  const named = method === null ? null : knownMethod(method);
  return (
    <Panel className={panelStyle}>
      <PanelHeader title={t("payment")} />
      <PanelBody className="flex flex-col gap-4">
        <AmountList>
          {discountKrw > 0 ? (
            <>
              <Amount name={t("listPrice")}>{text.won(listKrw)}</Amount>
              <Amount name={t("discount")} tone="success">
                −{text.won(discountKrw)}
              </Amount>
            </>
          ) : null}
          <Amount name={t("supplied")}>{text.won(suppliedKrw)}</Amount>
          <Amount name={t("vat")}>{text.won(vatKrw)}</Amount>
          <Amount name={t("total")} tone="total">
            {text.won(amountKrw)}
          </Amount>
          {approvedAt && balanceKrw < amountKrw ? (
            <Amount name={t("balance")}>{text.won(balanceKrw)}</Amount>
          ) : null}
        </AmountList>
        <AmountList className="border-t pt-4">
          {promotion ? (
            <Amount name={t("promotion")}>
              {text.promotionName(promotion)}
              {promotion.code ? ` (${promotion.code})` : null}
            </Amount>
          ) : null}
          {method ? (
            <Amount name={t("method")}>{named ? t(`methods.${named}`) : method}</Amount>
          ) : null}
          <Amount name={t("ordered")}>
            <time dateTime={createdAt}>{quantities.exactTime(createdAt)}</time>
          </Amount>
          {approvedAt ? (
            <Amount name={t("approved")}>
              <time dateTime={approvedAt}>{quantities.exactTime(approvedAt)}</time>
            </Amount>
          ) : null}
        </AmountList>
      </PanelBody>
    </Panel>
  );
}

/** What was bought. */
export function OrderCredits({ order: { credits, bonusCredits } }: { order: OrderView }) {
  const t = useTranslations("topups.order");
  const text = useBillingText();
  return (
    <Panel className={panelStyle}>
      <PanelHeader title={t("credits")} />
      <PanelBody>
        <AmountList>
          <Amount name={t("bought")}>{text.credits(credits)}</Amount>
          {bonusCredits > 0 ? (
            <Amount name={t("bonus")}>{text.credits(bonusCredits)}</Amount>
          ) : null}
        </AmountList>
      </PanelBody>
    </Panel>
  );
}

/** Papers that the payment company has made out; nothing where there are none. */
export function OrderReceipts({ order }: { order: OrderView }) {
  const t = useTranslations("topups.order");
  const kinds = useTranslations("topups.cashReceipt");
  const { receiptUrl, cashReceiptUrl, cashReceiptKind, approvedAt } = order;
  const kind = kinds(cashReceiptKind);
  const owed = cashReceiptKind !== "none" && !cashReceiptUrl && approvedAt !== null;
  if (!receiptUrl && !cashReceiptUrl && !owed) return null;
  return (
    <Panel className={`${panelStyle} print:hidden`}>
      <PanelHeader title={t("receipts")} />
      <PanelBody className="flex flex-col items-start gap-2">
        {receiptUrl ? (
          <OutsideLink href={receiptUrl} look="text">
            {t("receipt")}
          </OutsideLink>
        ) : null}
        {cashReceiptUrl ? (
          <OutsideLink href={cashReceiptUrl} look="text">
            {t("cashReceipt", { kind })}
          </OutsideLink>
        ) : null}
        {owed ? <p className="text-ink-muted">{t("cashReceiptAsked", { kind })}</p> : null}
      </PanelBody>
    </Panel>
  );
}

/** Where the ledger says that the credits came in. */
export function LedgerNumbers({ order: { ledgerIds } }: { order: OrderView }) {
  const t = useTranslations("topups.order");
  if (ledgerIds.length === 0) return null;
  return (
    <section className={`${panelStyle} flex flex-col gap-1 px-1 text-ink-muted text-sm`}>
      <h3 className="font-medium text-ink">{t("ledger")}</h3>
      <p>{t("ledgerHint")}</p>
      <ul>
        {ledgerIds.map((id) => (
          <li key={id}>
            <code className="select-all font-mono text-xs">{id}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
