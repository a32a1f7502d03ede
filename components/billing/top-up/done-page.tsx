"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { ButtonLink } from "@/components/ui/link";
import { useErrorText } from "@/components/ui/request-error";
import type { ApiError } from "@/lib/client/api";
import { routes } from "@/lib/client/routes";
import { useOrder } from "@/lib/client/use-orders";
import { useNow } from "@/lib/client/use-quantities";
import type { OrderView } from "@/lib/topups/schema";
import { QuotedNumber, ResultPanel } from "../result-panel";
import type { Arrival } from "./arrival";
import { outcomeOf, pollDelayMs, slowAfterMs } from "./outcome";
import { PaidResult } from "./paid-result";
import { topUpPath } from "./top-up-path";
import { type Confirmation, useConfirmation } from "./use-confirmation";

interface DonePageProps {
  /** Null: the address isn't whole. */
  arrival: Arrival | null;
  back: string | null;
}

/** After the payment window: has the payment confirmed and says how it went. */
export function DonePage({ arrival, back }: DonePageProps) {
  const t = useTranslations("topups.done");
  if (arrival) return <Result arrival={arrival} back={back} />;
  return (
    <ResultPanel
      tone="warning"
      title={t("incomplete")}
      description={t("incompleteDescription")}
      actions={
        <ButtonLink variant="primary" href={routes.orders()}>
          {t("orders")}
        </ButtonLink>
      }
    />
  );
}

function Result({ arrival, back }: { arrival: Arrival; back: string | null }) {
  const confirmation = useConfirmation(arrival);
  const startedMs = useRef(Date.now());
  const order = useLatestOrder(arrival, confirmation, startedMs.current);
  const outcome = order ? outcomeOf(order.state) : null;
  const { orderId } = arrival;
  if (order && outcome === "paid") return <PaidResult order={order} back={back} />;
  if (order && (outcome === "refunded" || outcome === "review" || outcome === "deposit")) {
    return <LookedAfter outcome={outcome} orderId={orderId} />;
  }
  const mismatch = confirmation.step === "refused" && confirmation.error.code === "order_mismatch";
  if (order && outcome === "over" && !mismatch) return <Over order={order} back={back} />;
  const asked = order?.state === "confirming" || order?.state === "unknown";
  if (confirmation.step === "refused" && !asked) {
    return <Refused error={confirmation.error} order={order} arrival={arrival} back={back} />;
  }
  return (
    <Waiting
      offline={confirmation.step === "offline"}
      startedMs={startedMs.current}
      orderId={orderId}
    />
  );
}

/** The order as it is now: looked at again while it isn't settled, more and more seldom. */
function useLatestOrder(
  { orderId }: Arrival,
  confirmation: Confirmation,
  startedMs: number,
): OrderView | undefined {
  const told = confirmation.step === "answered" ? confirmation.order : undefined;
  const isTheirs =
    confirmation.step === "refused" &&
    confirmation.error.code !== "not_found" &&
    confirmation.error.code !== "unauthenticated";
  const settled = told !== undefined && !isMoving(told);
  const wanted = !settled && (told !== undefined || isTheirs);
  const { order } = useOrder(wanted ? orderId : null, (latest) =>
    latest && !isMoving(latest) ? 0 : pollDelayMs(Date.now() - startedMs),
  );
  return settled ? told : (order ?? told);
}

function isMoving({ state }: OrderView): boolean {
  const outcome = outcomeOf(state);
  return outcome === "waiting" || outcome === "deposit";
}

interface WaitingProps {
  offline: boolean;
  startedMs: number;
  orderId: string;
}

function Waiting({ offline, startedMs, orderId }: WaitingProps) {
  const t = useTranslations("topups.done");
  const slow = useNow(1_000) - startedMs >= slowAfterMs;
  const words = offline ? "sending" : slow ? "slow" : "checking";
  return (
    <ResultPanel tone="waiting" title={t(words)} description={t(`${words}Description`)}>
      {slow ? <QuotedNumber label={t("orderNumber")} value={orderId} /> : null}
    </ResultPanel>
  );
}

const lookedAfter = {
  deposit: { tone: "patience", words: "deposit" },
  refunded: { tone: "neutral", words: "refunded" },
  review: { tone: "warning", words: "review" },
} as const;

interface LookedAfterProps {
  outcome: keyof typeof lookedAfter;
  orderId: string;
}

function LookedAfter({ outcome, orderId }: LookedAfterProps) {
  const t = useTranslations("topups.done");
  const { tone, words } = lookedAfter[outcome];
  return (
    <ResultPanel
      tone={tone}
      title={t(words)}
      description={t(`${words}Description`)}
      actions={<ButtonLink href={routes.order(orderId)}>{t("order")}</ButtonLink>}
    >
      <QuotedNumber label={t("orderNumber")} value={orderId} />
    </ResultPanel>
  );
}

interface OverProps {
  order: OrderView;
  back: string | null;
}

/** Ended without money. */
function Over({ order, back }: OverProps) {
  const t = useTranslations("topups.done");
  const failed = useTranslations("topups.failed");
  const { state, failureMessage, orderId, packageId } = order;
  const known = state === "expired" || state === "cancelled";
  return (
    <ResultPanel
      tone={known ? "warning" : "danger"}
      title={t(known ? state : "failed")}
      description={known ? t(`${state}Description`) : (failureMessage ?? failed("noMoney"))}
      actions={<PayAgain packageId={packageId} back={back} />}
    >
      <QuotedNumber label={t("orderNumber")} value={orderId} />
    </ResultPanel>
  );
}

interface RefusedProps {
  error: ApiError;
  order: OrderView | undefined;
  arrival: Arrival;
  back: string | null;
}

/** The server didn't confirm it: why, and what to do. */
function Refused({ error, order, arrival, back }: RefusedProps) {
  const t = useTranslations("topups.done");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const foreign = error.code === "not_found";
  return (
    <ResultPanel
      tone="danger"
      title={t(foreign ? "notFound" : "failed")}
      description={foreign ? t("notFoundDescription") : errorText(error)}
      actions={
        error.code === "unauthenticated" ? (
          <ButtonLink
            variant="primary"
            href={routes.login(`${window.location.pathname}${window.location.search}`)}
          >
            {t("logIn")}
          </ButtonLink>
        ) : (
          <>
            <PayAgain packageId={order?.packageId} back={back} />
            <ButtonLink href={routes.orders()}>{t("orders")}</ButtonLink>
          </>
        )
      }
    >
      <div className="flex flex-col gap-0.5">
        <QuotedNumber label={t("orderNumber")} value={arrival.orderId} />
        {error.requestId ? (
          <QuotedNumber label={common("requestId")} value={error.requestId} />
        ) : null}
      </div>
    </ResultPanel>
  );
}

function PayAgain({ packageId, back }: { packageId: string | undefined; back: string | null }) {
  const t = useTranslations("topups.done");
  return (
    <ButtonLink variant="primary" href={topUpPath({ packageId, back })}>
      {t("again")}
    </ButtonLink>
  );
}

/** The page before the address is read: the same words as the wait that follows. */
export function DonePageSkeleton() {
  const t = useTranslations("topups.done");
  return (
    <ResultPanel tone="waiting" title={t("checking")} description={t("checkingDescription")} />
  );
}
