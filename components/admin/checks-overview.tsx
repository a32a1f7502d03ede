"use client";

import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Panel } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { useReconciliation } from "@/lib/client/use-findings";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import type {
  LedgerCheckView,
  ReconciliationRunView,
  WaitingView,
} from "@/lib/topups/findings-schema";

/** What runs by itself, how it went last, and what waits for somebody. */
export function ChecksOverview() {
  const t = useTranslations("admin.overview");
  const { overview, error, reload } = useReconciliation();
  if (error && !overview) {
    return (
      <Panel>
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void reload()} />
      </Panel>
    );
  }
  if (!overview) return <Skeleton className="h-40 w-full" />;
  return (
    <Panel aria-label={t("label")} className="grid lg:grid-cols-3 max-lg:divide-y lg:divide-x">
      <Check name={t("payments")} when={t("paymentsWhen")}>
        <LastRun run={overview.runs[0]} />
      </Check>
      <Check name={t("ledger")} when={t("ledgerWhen")}>
        <LastCheck check={overview.ledgerChecks[0]} />
      </Check>
      <Waiting waiting={overview.waiting} />
    </Panel>
  );
}

function Check({ name, when, children }: { name: string; when: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-3 p-4">
      <div>
        <h2 className="font-semibold">{name}</h2>
        <p className="text-ink-muted text-sm">{when}</p>
      </div>
      {children}
    </div>
  );
}

function LastRun({ run }: { run: ReconciliationRunView | undefined }) {
  const t = useTranslations("admin.overview");
  const quantities = useQuantities();
  const nowMs = useNow(30_000);
  if (!run) return <p className="text-ink-muted">{t("never")}</p>;
  const { ours, theirs, findings, failure, endedAt } = run;
  return (
    <div className="flex flex-col items-start gap-2">
      {endedAt === null ? (
        <Outcome tone="neutral" text={t("running")} />
      ) : failure !== null ? (
        <Outcome tone="danger" text={t("failed")} />
      ) : findings > 0 ? (
        <Outcome tone="warning" text={t("findings", { count: findings })} />
      ) : (
        <Outcome tone="success" text={t("clean")} />
      )}
      <p className="text-ink-muted text-sm tabular-nums">
        <time dateTime={run.startedAt} title={quantities.exactTime(run.startedAt)}>
          {quantities.when(run.startedAt, nowMs)}
        </time>
        {" · "}
        {failure ?? t("compared", { ours, theirs })}
      </p>
      <p className="text-ink-muted text-sm tabular-nums">
        {t("period", {
          from: quantities.exactTime(run.fromAt),
          to: quantities.exactTime(run.toAt),
        })}
      </p>
    </div>
  );
}

function LastCheck({ check }: { check: LedgerCheckView | undefined }) {
  const t = useTranslations("admin.overview");
  const quantities = useQuantities();
  const nowMs = useNow(30_000);
  if (!check) return <p className="text-ink-muted">{t("never")}</p>;
  return (
    <div className="flex flex-col items-start gap-2">
      {check.ok ? (
        <Outcome tone="success" text={t("clean")} />
      ) : (
        <Outcome tone="danger" text={t("broken")} />
      )}
      <p className="text-ink-muted text-sm tabular-nums">
        <time dateTime={check.startedAt} title={quantities.exactTime(check.startedAt)}>
          {quantities.when(check.startedAt, nowMs)}
        </time>
      </p>
    </div>
  );
}

const looks = {
  neutral: CircleDashed,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
} as const;

function Outcome({ tone, text }: { tone: keyof typeof looks; text: string }) {
  const Icon = looks[tone];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {text}
    </Badge>
  );
}

const kinds = [
  "paidWithoutCredits",
  "openOrders",
  "heldOrders",
  "stuckRefunds",
  "frozenWallets",
  "failedWebhooks",
] as const satisfies readonly (keyof WaitingView)[];

function Waiting({ waiting }: { waiting: WaitingView }) {
  const t = useTranslations("admin.overview");
  return (
    <div className="flex flex-col gap-3 p-4">
      <h2 className="font-semibold">{t("waiting")}</h2>
      <dl className="flex flex-col gap-1 text-sm">
        {kinds.map((kind) => (
          <div key={kind} className="flex items-baseline justify-between gap-4">
            <dt className="text-ink-muted">{t(kind)}</dt>
            <dd
              className={cn(
                "tabular-nums",
                waiting[kind] > 0 ? "font-semibold text-warning" : "text-ink-muted",
              )}
            >
              {waiting[kind]}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
