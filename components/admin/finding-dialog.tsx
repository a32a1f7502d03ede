"use client";

import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { RequestError, useErrorText } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { recheckFinding, releaseWallet, useFinding } from "@/lib/client/use-findings";
import { useQuantities } from "@/lib/client/use-quantities";
import { useWork } from "@/lib/client/use-work";
import type { FindingDetail, FindingRequest } from "@/lib/topups/findings-schema";
import { Facts } from "./facts";
import { FindingNote } from "./finding-note";
import { FindingOrder } from "./finding-order";
import { SeverityBadge } from "./findings-table";
import { useFindingWords } from "./use-finding-words";

/** A difference with everything behind it, and what can be done about it. */
export function FindingDialog({ findingId, onClose }: { findingId: string; onClose: () => void }) {
  const t = useTranslations("admin.detail");
  const common = useTranslations("common");
  const words = useFindingWords();
  const { detail, error, reload } = useFinding(findingId);
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={detail ? words.code(detail.finding.code) : t("title")}
      closeLabel={common("close")}
      className="sm:max-w-3xl"
    >
      {error && !detail ? (
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void reload()} />
      ) : detail ? (
        <Detail detail={detail} />
      ) : (
        <Skeleton className="h-72 w-full" />
      )}
    </Dialog>
  );
}

function Detail({ detail }: { detail: FindingDetail }) {
  const t = useTranslations("admin");
  const quantities = useQuantities();
  const { finding, order } = detail;
  return (
    <div className="flex flex-col gap-5 pt-1">
      <div className="flex flex-col items-start gap-3">
        <SeverityBadge severity={finding.severity} />
        <Facts
          facts={[
            [t("list.expected"), finding.expected],
            [t("list.actual"), finding.actual],
            [t("detail.subject"), finding.subject],
            [t("detail.state"), t(`list.${finding.state}`)],
            [t("list.firstSeen"), quantities.exactTime(finding.firstSeen)],
            [t("list.lastSeen"), quantities.exactTime(finding.lastSeen)],
            [t("detail.note"), finding.note],
          ]}
        />
      </div>
      {order ? (
        <>
          {order.frozenAt ? <Frozen findingId={finding.id} frozenAt={order.frozenAt} /> : null}
          <FindingOrder order={order} action={<Recheck findingId={finding.id} />} />
        </>
      ) : (
        <p className="text-ink-muted">{t("detail.noOrder")}</p>
      )}
      <FindingNote finding={finding} />
    </div>
  );
}

/** Asks the payment company again, and says whether both sides agree now. */
function Recheck({ findingId }: { findingId: string }) {
  const t = useTranslations("admin.detail");
  const [differences, setDifferences] = useState<FindingRequest[] | null>(null);
  const work = useWork(async () => {
    setDifferences(null);
    setDifferences((await recheckFinding(findingId)).differences);
  });
  return (
    <div className="flex flex-col items-start gap-2">
      <Button size="sm" pending={work.pending} onClick={work.start}>
        {work.pending ? null : <RefreshCw aria-hidden="true" />}
        {t("recheck")}
      </Button>
      <Failure work={work} />
      {differences === null ? null : differences.length === 0 ? (
        <Announced tone="success">{t("agrees")}</Announced>
      ) : (
        <Announced tone="warning">
          {t("differs")}
          <ul className="mt-1 text-sm tabular-nums">
            {differences.map(({ code, expected, actual }) => (
              <li key={code}>
                {expected} ≠ {actual}
              </li>
            ))}
          </ul>
        </Announced>
      )}
    </div>
  );
}

function Frozen({ findingId, frozenAt }: { findingId: string; frozenAt: string }) {
  const t = useTranslations("admin.detail");
  const quantities = useQuantities();
  const work = useWork(() => releaseWallet(findingId));
  return (
    <Notice tone="warning">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>{t("frozen", { at: quantities.exactTime(frozenAt) })}</span>
        <Button size="sm" pending={work.pending} onClick={work.start}>
          {t("release")}
        </Button>
      </div>
      <Failure work={work} />
    </Notice>
  );
}

function Failure({ work }: { work: Pick<ReturnType<typeof useWork>, "error"> }) {
  const errorText = useErrorText();
  if (!work.error) return null;
  return (
    <p role="alert" className="text-danger text-sm">
      {errorText(work.error)}
    </p>
  );
}

function Announced({ tone, children }: { tone: "success" | "warning"; children: ReactNode }) {
  return (
    <div role="status" className="w-full">
      <Notice tone={tone}>{children}</Notice>
    </div>
  );
}
