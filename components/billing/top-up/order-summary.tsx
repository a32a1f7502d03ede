"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { useLiveCredits } from "@/lib/client/use-credits";
import { lotLifeMs } from "@/lib/credits/lots";
import type { PackageView } from "@/lib/topups/schema";
import { Amount, AmountList } from "../amount-list";
import { useBillingText } from "../use-billing-text";
import { totalCredits } from "./package-suggestion";
import { RefundPolicy } from "./refund-policy";

interface OrderSummaryProps {
  chosen: PackageView;
  sandbox: boolean;
  pending: boolean;
  /** Something isn't known at this moment, so nothing can be agreed to. */
  disabled: boolean;
  onPay: () => void;
  /** What went wrong or happened, above the button. */
  children?: ReactNode;
}

/** Everything that is agreed to, then the button that says what it costs. */
export function OrderSummary(props: OrderSummaryProps) {
  const { chosen, sandbox, pending, disabled, onPay, children } = props;
  const t = useTranslations("topups.summary");
  return (
    <Panel className="lg:sticky lg:top-20">
      <PanelHeader title={t("title")} />
      <PanelBody className="flex flex-col gap-4">
        <Price chosen={chosen} />
        <Credits chosen={chosen} />
        <RefundPolicy />
        <div className="flex flex-col gap-2.5">
          {children}
          <Button
            variant="accent"
            size="lg"
            className="w-full tabular-nums"
            pending={pending}
            disabled={disabled}
            onClick={onPay}
          >
            {t("pay", { amount: chosen.amountKrw })}
          </Button>
          <p className="text-ink-muted text-sm">{t(sandbox ? "consentSandbox" : "consent")}</p>
        </div>
      </PanelBody>
    </Panel>
  );
}

function Price({ chosen }: { chosen: PackageView }) {
  const t = useTranslations("topups.summary");
  const text = useBillingText();
  const { listKrw, discountKrw, suppliedKrw, vatKrw, amountKrw } = chosen;
  return (
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
        <span aria-live="polite">{text.won(amountKrw)}</span>
      </Amount>
    </AmountList>
  );
}

function Credits({ chosen }: { chosen: PackageView }) {
  const t = useTranslations("topups.summary");
  const text = useBillingText();
  const available = useLiveCredits()?.available;
  // The day, not the moment: it needn't move while the page is open.
  const [nowMs] = useState(() => Date.now());
  const { credits, bonusCredits } = chosen;
  return (
    <div className="flex flex-col gap-2 border-t pt-4">
      <AmountList>
        <Amount name={t("credits")}>
          {bonusCredits > 0
            ? t("creditsWithBonus", { credits, bonus: bonusCredits })
            : text.credits(credits)}
        </Amount>
        <Amount name={t("balanceNow")}>
          {available === undefined ? <Wait /> : text.credits(available)}
        </Amount>
        <Amount name={t("balanceAfter")}>
          {available === undefined ? (
            <Wait />
          ) : (
            <span className="font-semibold">{text.credits(available + totalCredits(chosen))}</span>
          )}
        </Amount>
      </AmountList>
      <p className="text-ink-muted text-sm">
        {t("expiryText", { date: text.day(nowMs + lotLifeMs.topup) })}
        {bonusCredits > 0
          ? ` ${t("expiryBonus", { date: text.day(nowMs + lotLifeMs.bonus) })}`
          : null}
      </p>
    </div>
  );
}

function Wait() {
  return <Skeleton className="inline-block h-4 w-20 align-middle" />;
}
