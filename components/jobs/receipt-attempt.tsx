"use client";

import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { useQuantities } from "@/lib/client/use-quantities";
import type { ReceiptAttempt, ReceiptStep } from "@/lib/credits/schema";
import { errorTitle, isErrorCode } from "@/lib/errors";
import { LedgerId } from "./ledger-id";
import { useComponentName } from "./price-summary";

const tones = {
  held: "accent",
  captured: "success",
  partially_captured: "success",
  released: "neutral",
} as const;

interface ReceiptAttemptPanelProps {
  attempt: ReceiptAttempt;
  /** The job was tried once. */
  only: boolean;
}

/** One attempt at a job: what it was to cost, and every movement with its number. */
export function ReceiptAttemptPanel({ attempt, only }: ReceiptAttemptPanelProps) {
  const t = useTranslations("receipt");
  const quantities = useQuantities();
  return (
    <Panel className="print:break-inside-avoid">
      <PanelHeader title={only ? t("movements") : t("attempt", { number: attempt.attempt })}>
        <Badge tone={tones[attempt.state]}>{t(`state.${attempt.state}`)}</Badge>
      </PanelHeader>
      <PanelBody className="flex flex-col gap-5">
        <QuoteTable attempt={attempt} />
        <ol className="flex flex-col">
          {attempt.steps.map((step) => (
            <Step key={step.transactionId} step={step} />
          ))}
        </ol>
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-ink-muted text-sm">
          <div className="flex flex-wrap items-center gap-x-2">
            <dt>{t("reservation")}</dt>
            <dd>
              <LedgerId id={attempt.reservationId} />
            </dd>
          </div>
          <div className="flex gap-2">
            <dt>{t("rule")}</dt>
            <dd className="font-mono text-xs leading-5">{attempt.quote.ruleVersion}</dd>
          </div>
          <div className="flex gap-2">
            <dt>{t("started")}</dt>
            <dd>{quantities.exactTime(attempt.createdAt)}</dd>
          </div>
        </dl>
      </PanelBody>
    </Panel>
  );
}

function QuoteTable({ attempt }: { attempt: ReceiptAttempt }) {
  const t = useTranslations("receipt");
  const component = useComponentName();
  const quantities = useQuantities();
  return (
    <table className="w-full text-left tabular-nums">
      <caption className="sr-only">{t("quote")}</caption>
      <thead>
        <tr className="border-b text-ink-muted text-sm">
          <th className="py-1.5 font-normal">{t("what")}</th>
          <th className="py-1.5 font-normal max-sm:hidden print:table-cell">{t("length")}</th>
          <th className="py-1.5 font-normal">{t("outcome")}</th>
          <th className="py-1.5 text-right font-normal">{t("price")}</th>
        </tr>
      </thead>
      <tbody>
        {attempt.lines.map(({ component: name, units, amount, state }) => (
          <tr key={name} className="border-b">
            <td className="py-2">{component(name)}</td>
            <td className="py-2 max-sm:hidden print:table-cell">{quantities.took(units)}</td>
            <td className="py-2">{t(`line.${state}`)}</td>
            <td className="py-2 text-right">{t("credits", { count: amount })}</td>
          </tr>
        ))}
        <tr className="font-semibold">
          <td className="py-2">{t("total")}</td>
          <td className="max-sm:hidden print:table-cell" />
          <td />
          <td className="py-2 text-right">{t("credits", { count: attempt.amount })}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Step({ step }: { step: ReceiptStep }) {
  const t = useTranslations("receipt");
  const component = useComponentName();
  const quantities = useQuantities();
  const reason = useReason(step);
  return (
    <li className="flex flex-col gap-1 border-b py-2.5 first:border-t">
      <div className="flex items-baseline justify-between gap-4">
        <p>
          <span className="font-medium">{t(`step.${step.kind}`)}</span>
          {step.component ? ` · ${component(step.component)}` : null}
          {reason ? <span className="text-ink-muted"> · {reason}</span> : null}
        </p>
        <p className="shrink-0 font-medium tabular-nums">{t("credits", { count: step.amount })}</p>
      </div>
      <p className="text-ink-muted text-sm tabular-nums">
        {quantities.exactTime(step.at)}
        {step.lots.map(({ lotId, source, amount }) => (
          <span key={lotId}> · {t("lot", { source: t(`source.${source}`), count: amount })}</span>
        ))}
      </p>
      <LedgerId id={step.transactionId} />
    </li>
  );
}

/** Why credits were given back, in words. */
function useReason({ kind, reason }: ReceiptStep): string | null {
  const t = useTranslations("receipt.reason");
  const locale = useLocale();
  if (kind !== "release" || reason === null) return null;
  switch (reason) {
    case "cancelled":
    case "no_speech":
    case "same_language":
    case "unused":
    case "timeout":
      return t(reason);
    default:
      return isErrorCode(reason) ? errorTitle(reason, locale) : null;
  }
}
