"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ButtonLink } from "@/components/ui/link";
import { keepOpenAttempt } from "@/lib/client/open-order";
import { routes } from "@/lib/client/routes";
import { abandonOrder } from "@/lib/client/use-orders";
import type { OrderView } from "@/lib/topups/schema";
import { QuotedNumber, ResultPanel } from "../result-panel";
import { failureKind, outcomeOf } from "./outcome";
import { topUpPath } from "./top-up-path";

interface FailedPageProps {
  /** Null: the window didn't say, as when it was never opened. */
  orderId: string | null;
  /** The payment company's code. */
  code: string | null;
  message: string | null;
  /** What had been chosen. */
  packageId: string | null;
  back: string | null;
}

/** The payment window came back without a payment: why, and how to go on. */
export function FailedPage({ orderId, code, message, packageId, back }: FailedPageProps) {
  const t = useTranslations("topups.failed");
  const order = useAbandoned(orderId, code, message);
  const outcome = order ? outcomeOf(order.state) : "over";
  const kind = failureKind(code);
  if (orderId && outcome !== "over") {
    const words = outcome === "paid" || outcome === "refunded" ? "alreadyPaid" : "underWay";
    return (
      <ResultPanel
        tone="warning"
        title={t(words)}
        description={t(`${words}Hint`)}
        actions={
          <ButtonLink variant="primary" href={routes.order(orderId)}>
            {t("order")}
          </ButtonLink>
        }
      />
    );
  }
  return (
    <ResultPanel
      tone={kind === "closed" ? "neutral" : "danger"}
      title={t(kind)}
      description={`${t("noMoney")} ${t(`${kind}Hint`)}`}
      actions={
        <>
          <ButtonLink variant="primary" href={topUpPath({ packageId, back })}>
            {t("again")}
          </ButtonLink>
          {back ? <ButtonLink href={back}>{t("goBack")}</ButtonLink> : null}
        </>
      }
    >
      {kind !== "closed" && code ? <QuotedNumber label={t("code")} value={code} /> : null}
    </ResultPanel>
  );
}

/** Ends the order, so that its promotion can be used again at once; answers what it came to. */
function useAbandoned(orderId: string | null, code: string | null, message: string | null) {
  const [order, setOrder] = useState<OrderView>();
  useEffect(() => {
    if (orderId === null) return;
    let gone = false;
    keepOpenAttempt(null);
    const why = {
      ...(code === null ? {} : { code: code.slice(0, 100) }),
      ...(message === null ? {} : { message: message.slice(0, 500) }),
    };
    abandonOrder(orderId, why).then(
      (answer) => gone || setOrder(answer),
      // Left open, it ends by itself when its time is over.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [orderId, code, message]);
  return order;
}

/** The page before the address is read. */
export function FailedPageSkeleton() {
  const t = useTranslations("topups");
  return <ResultPanel tone="waiting" title={t("failed.reading")} />;
}
