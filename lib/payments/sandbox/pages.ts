import { kstLocalTime } from "../kst";
import { stylesheet } from "./page-style";
import type { SandboxPayment } from "./payment";
import { type Locale, type Texts, texts } from "./texts";
import { issueNumber, suppliedKrw } from "./view";

/** The payment window: says that it is for practice, and lets a person choose what happens. */
export function windowPage(payment: SandboxPayment, locale: Locale): string {
  const t = texts[locale];
  const isCard = payment.method === "CARD";
  return page(
    { locale, title: t.title },
    `<h1>${t.title}</h1>
    <form method="post">
      ${facts([
        [t.item, escaped(payment.orderName)],
        [t.orderId, `<code>${escaped(payment.orderId)}</code>`],
        ...(isCard ? [] : [[t.method, t.methods[payment.method]] as const]),
        ...(isCard ? [] : [[t.cashReceipt, t.cashReceipts[payment.cashReceipt]] as const]),
        [t.amount, `<strong>${won(payment.amountKrw, locale)}</strong>`],
      ])}
      ${isCard ? instruments(t) : ""}
      <button class="main" name="do" value="pay">${t.pay}</button>
      <button name="do" value="cancel">${t.cancel}</button>
      <fieldset class="others"><legend>${t.others}</legend>
        <button name="do" value="refuse_company">${t.refuseCompany}</button>
        <button name="do" value="refuse_later">${t.refuseLater}</button>
        <button name="do" value="abort">${t.abort}</button>
      </fieldset>
    </form>
    <p class="muted">${t.about}</p>`,
  );
}

function instruments(t: Texts): string {
  return `<fieldset><legend>${t.method}</legend>
        <label><input type="radio" name="instrument" value="card" checked> ${t.methods.CARD}</label>
        <label><input type="radio" name="instrument" value="easy_pay"> ${t.easyPay}</label>
      </fieldset>`;
}

/** For whoever comes back to a window that is over. */
export function overPage(backUrl: string, locale: Locale): string {
  const t = texts[locale];
  return page(
    { locale, title: t.over },
    `<h1>${t.over}</h1><p>${t.overText}</p>
    <a class="main" href="${escaped(backUrl)}">${t.back}</a>`,
  );
}

/** What `receipt.url` leads to. */
export function receiptPage(payment: SandboxPayment, locale: Locale): string {
  const t = texts[locale];
  const cancelledKrw = payment.amountKrw - payment.balanceKrw;
  return page(
    { locale, title: t.receipt },
    `<h1>${t.receipt}</h1>
    ${facts([
      ...purchase(payment, locale),
      [t.method, payment.easyPay ? t.easyPay : t.methods[payment.method]],
      ...(cancelledKrw > 0 ? [[t.cancelled, won(cancelledKrw, locale)] as const] : []),
    ])}
    <p class="muted">${t.receiptNote}</p>`,
  );
}

/** What `cashReceipt.receiptUrl` leads to. */
export function cashReceiptPage(payment: SandboxPayment, locale: Locale): string {
  const t = texts[locale];
  return page(
    { locale, title: t.cashReceiptTitle },
    `<h1>${t.cashReceiptTitle}</h1>
    ${facts([
      ...purchase(payment, locale),
      [t.cashReceipt, t.cashReceipts[payment.cashReceipt]],
      [t.issueNumber, `<code>${escaped(issueNumber(payment))}</code>`],
    ])}
    <p class="muted">${t.receiptNote}</p>`,
  );
}

export function notFoundPage(locale: Locale): string {
  const t = texts[locale];
  return page({ locale, title: t.notFound }, `<h1>${t.notFound}</h1>`);
}

type Fact = readonly [name: string, html: string];

function purchase(payment: SandboxPayment, locale: Locale): Fact[] {
  const t = texts[locale];
  const supplied = suppliedKrw(payment.amountKrw);
  const approvedAt = kstLocalTime(payment.approvedAtMs ?? payment.requestedAtMs).replace("T", " ");
  return [
    [t.item, escaped(payment.orderName)],
    [t.orderId, `<code>${escaped(payment.orderId)}</code>`],
    [t.approvedAt, `${approvedAt} (KST)`],
    [t.supplied, won(supplied, locale)],
    [t.vat, won(payment.amountKrw - supplied, locale)],
    [t.amount, `<strong>${won(payment.amountKrw, locale)}</strong>`],
  ];
}

function facts(rows: readonly Fact[]): string {
  return `<dl>${rows.map(([name, html]) => `<div><dt>${name}</dt><dd>${html}</dd></div>`).join("")}</dl>`;
}

function won(amountKrw: number, locale: Locale): string {
  const number = amountKrw.toLocaleString("en-US");
  return locale === "ko" ? `${number}원` : `₩${number}`;
}

function page({ locale, title }: { locale: Locale; title: string }, body: string): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${stylesheet}</style>
</head>
<body>
<header><p role="note">${texts[locale].banner}</p></header>
<main>${body}</main>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
