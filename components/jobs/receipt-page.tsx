"use client";

import { Braces, Printer, ReceiptText } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { ButtonLink } from "@/components/ui/link";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel, PanelBody } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { receiptUrl, useReceipt } from "@/lib/client/use-receipt";
import type { ReceiptView } from "@/lib/credits/schema";
import { LedgerId } from "./ledger-id";
import { ReceiptAttemptPanel } from "./receipt-attempt";

/** What a job did with credits, for the screen and for paper. */
export function ReceiptPage({ jobId }: { jobId: string }) {
  const t = useTranslations("receipt");
  const { receipt, error, reload } = useReceipt(jobId);
  if (!receipt) {
    if (!error) return <ReceiptPageSkeleton />;
    return (
      <RequestError
        level={1}
        error={error}
        title={t("loadFailed")}
        onRetry={reload}
        back={{ href: routes.jobs(), label: t("backToJobs") }}
        className="flex-1"
      />
    );
  }
  return (
    <PageFrame width="text" className="print:max-w-none print:p-0">
      <PageHeader
        title={t("title")}
        description={receipt.videoTitle || t("videoGone")}
        actions={<ReceiptActions jobId={jobId} />}
      />
      <div className="flex flex-col gap-4">
        <Totals receipt={receipt} />
        {receipt.attempts.length === 0 ? (
          <Panel>
            <EmptyState icon={ReceiptText} title={t("free")} description={t("freeDescription")} />
          </Panel>
        ) : (
          receipt.attempts.map((attempt) => (
            <ReceiptAttemptPanel
              key={attempt.reservationId}
              attempt={attempt}
              only={receipt.attempts.length === 1}
            />
          ))
        )}
        {receipt.jobStatus === null ? null : (
          <p className="print:hidden">
            <ButtonLink href={routes.job(jobId)}>{t("back")}</ButtonLink>
          </p>
        )}
      </div>
    </PageFrame>
  );
}

function ReceiptActions({ jobId }: { jobId: string }) {
  const t = useTranslations("receipt");
  return (
    <div className="flex gap-2 print:hidden">
      <a
        href={receiptUrl(jobId)}
        download={`receipt-${jobId}.json`}
        className={buttonStyle({ variant: "quiet" })}
      >
        <Braces aria-hidden="true" />
        {t("json")}
      </a>
      <Button onClick={() => window.print()}>
        <Printer aria-hidden="true" />
        {t("print")}
      </Button>
    </div>
  );
}

function Totals({ receipt }: { receipt: ReceiptView }) {
  const t = useTranslations("receipt");
  const { jobId, captured, released, held } = receipt;
  const amounts: [string, number][] = [
    [t("charged"), captured],
    [t("returned"), released],
    ...(held > 0 ? [[t("heldNow"), held] satisfies [string, number]] : []),
  ];
  return (
    <Panel>
      <PanelBody className="flex flex-col gap-4">
        <dl className="flex flex-wrap gap-x-10 gap-y-3">
          {amounts.map(([name, count]) => (
            <div key={name} className="flex flex-col">
              <dt className="text-ink-muted text-sm">{name}</dt>
              <dd className="font-semibold text-xl tabular-nums">{t("credits", { count })}</dd>
            </div>
          ))}
        </dl>
        <p className="flex flex-wrap items-center gap-x-2 border-t pt-3 text-ink-muted text-sm">
          {t("jobNumber")} <LedgerId id={jobId} />
        </p>
      </PanelBody>
    </Panel>
  );
}

/** The receipt on its way, in its final shape. */
export function ReceiptPageSkeleton() {
  return (
    <PageFrame width="text">
      <div className="mb-6 flex items-end justify-between gap-6">
        <div className="flex flex-col gap-1">
          <Skeleton className="h-7.5 w-40" />
          <Skeleton className="h-5.5 w-56" />
        </div>
        <Skeleton className="h-9 w-24" />
      </div>
      <div className="flex flex-col gap-4">
        <Skeleton className="h-32" />
        <Skeleton className="h-80" />
      </div>
    </PageFrame>
  );
}
