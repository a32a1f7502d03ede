"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RequestError, useErrorText } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { useRefundQuote } from "@/lib/client/use-orders";
import type { OrderView } from "@/lib/topups/schema";
import { RefundOutcome } from "./refund-outcome";
import { RefundReckoning } from "./refund-reckoning";
import { useRefunding } from "./use-refunding";

interface RefundDialogProps {
  order: OrderView;
  onClose: () => void;
  onChanged: () => void;
}

/** Gives a purchase back: how much comes of it and why, what leaves, and then how it went. */
export function RefundDialog({ order, onClose, onChanged }: RefundDialogProps) {
  const t = useTranslations("topups.refund");
  const common = useTranslations("common");
  const refunding = useRefunding(order, onChanged);
  if (refunding.outcome) {
    return (
      <Dialog
        open
        onOpenChange={(open) => open || onClose()}
        title={t("title")}
        closeLabel={common("close")}
        footer={<Button onClick={onClose}>{common("close")}</Button>}
      >
        <RefundOutcome outcome={refunding.outcome} />
      </Dialog>
    );
  }
  return <RefundForm order={order} refunding={refunding} onClose={onClose} />;
}

interface RefundFormProps {
  order: OrderView;
  refunding: ReturnType<typeof useRefunding>;
  onClose: () => void;
}

function RefundForm({ order, refunding, onClose }: RefundFormProps) {
  const t = useTranslations("topups.refund");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const { quote, error, reload } = useRefundQuote(order.orderId);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const ask = () => {
    if (!quote?.refundable) return;
    if (reason.trim() === "") {
      setMissing(true);
      field.current?.focus();
      return;
    }
    refunding.run({ reason: reason.trim(), amountKrw: quote.amountKrw }, () => void reload());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || refunding.pending || onClose()}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose} disabled={refunding.pending}>
            {common("cancel")}
          </Button>
          {quote?.refundable ? (
            <Button variant="primary" pending={refunding.pending} onClick={ask}>
              {t("confirm", { amount: quote.amountKrw })}
            </Button>
          ) : null}
        </>
      }
    >
      {error && !quote ? (
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void reload()} />
      ) : !quote ? (
        <ReckoningSkeleton />
      ) : (
        <form
          className="flex flex-col gap-4 pt-1"
          onSubmit={(event) => {
            event.preventDefault();
            ask();
          }}
        >
          <RefundReckoning order={order} quote={quote} />
          {quote.refundable ? (
            <Field
              id="refund-reason"
              label={t("reason")}
              hint={t("reasonHint")}
              error={missing ? t("reasonMissing") : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  ref={field}
                  value={reason}
                  maxLength={200}
                  onChange={(event) => {
                    setReason(event.target.value);
                    setMissing(false);
                  }}
                />
              )}
            </Field>
          ) : null}
        </form>
      )}
      <Problem>
        {refunding.changed ? t("changed") : refunding.error ? errorText(refunding.error) : null}
      </Problem>
    </Dialog>
  );
}

function Problem({ children }: { children: ReactNode }) {
  return (
    <div aria-live="polite">
      {children ? (
        <Notice tone="danger" className="mt-4">
          {children}
        </Notice>
      ) : null}
    </div>
  );
}

function ReckoningSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-4 pt-1">
      <Skeleton className="h-5 w-3/4" />
      <Skeleton className="h-28" />
      <Skeleton className="h-20" />
    </div>
  );
}
