"use client";

import { useTranslations } from "next-intl";
import { Segmented } from "@/components/ui/segmented";
import { type CashReceiptKind, type CreateOrderInput, cashReceiptKinds } from "@/lib/topups/schema";
import { OptionCard } from "./option-card";

export type Method = CreateOrderInput["method"];
const methods = ["CARD", "TRANSFER"] as const satisfies readonly Method[];

interface MethodChoiceProps {
  method: Method;
  onMethod: (method: Method) => void;
  cashReceipt: CashReceiptKind;
  onCashReceipt: (kind: CashReceiptKind) => void;
}

/** How to pay, and for a transfer which cash receipt to give out. */
export function MethodChoice(props: MethodChoiceProps) {
  const { method, onMethod, cashReceipt, onCashReceipt } = props;
  const t = useTranslations("topups");
  return (
    <div className="flex flex-col gap-3">
      <fieldset>
        <legend className="pb-2 font-semibold">{t("method.legend")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {methods.map((each) => (
            <OptionCard
              key={each}
              name="method"
              value={each}
              checked={each === method}
              onSelect={() => onMethod(each)}
            >
              <span className="flex min-w-0 flex-col">
                <span className="font-medium">{t(`method.${each}`)}</span>
                <span className="text-ink-muted text-sm">{t(`method.${each}Hint`)}</span>
              </span>
            </OptionCard>
          ))}
        </div>
      </fieldset>
      {method === "TRANSFER" ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-base border bg-surface px-3.5 py-3">
          <p aria-hidden="true" className="font-medium">
            {t("cashReceipt.legend")}
          </p>
          <Segmented
            label={t("cashReceipt.legend")}
            name="cash-receipt"
            segments={cashReceiptKinds.map((value) => ({
              value,
              label: t(`cashReceipt.${value}`),
            }))}
            value={cashReceipt}
            onValueChange={onCashReceipt}
          />
          {cashReceipt === "none" ? null : (
            <p className="text-ink-muted text-sm">{t("cashReceipt.hint")}</p>
          )}
        </div>
      ) : null}
    </div>
  );
}
