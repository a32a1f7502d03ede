"use client";

import { CircleCheck, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { RequestError, useErrorText } from "@/components/ui/request-error";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { toast } from "@/components/ui/toaster";
import { runReconciliation, useFindings } from "@/lib/client/use-findings";
import { useWork } from "@/lib/client/use-work";
import { type FindingState, findingStates } from "@/lib/topups/findings-schema";
import { ChecksOverview } from "./checks-overview";
import { FindingDialog } from "./finding-dialog";
import { FindingsTable, FindingsTableSkeleton } from "./findings-table";

/** What doesn't add up, for operators: how the checks went, and each difference to its end. */
export function FindingsPage() {
  const [state, setState] = useQueryState(
    "state",
    parseAsStringLiteral(findingStates).withDefault("open"),
  );
  const [shown, setShown] = useQueryState("finding", parseAsString);
  const list = useFindings(state);
  return (
    <FindingsFrame actions={<RunNow />}>
      <ChecksOverview />
      <StateChoice
        value={state}
        counts={list.counts}
        onValueChange={(next) => void setState(next)}
      />
      <FindingsList state={state} list={list} onShow={(id) => void setShown(id)} />
      {shown ? <FindingDialog findingId={shown} onClose={() => void setShown(null)} /> : null}
    </FindingsFrame>
  );
}

function FindingsFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const t = useTranslations("admin");
  return (
    <PageFrame>
      <PageHeader title={t("title")} description={t("description")} actions={actions} />
      <div className="flex flex-col gap-5">{children}</div>
    </PageFrame>
  );
}

function RunNow() {
  const t = useTranslations("admin.run");
  const errorText = useErrorText();
  const run = useWork(async () => {
    const { findings } = await runReconciliation();
    if (findings === 0) toast.success(t("doneClean"));
    else toast.warning(t("done", { findings }));
  });
  return (
    <>
      {run.error ? (
        <span role="alert" className="text-danger text-sm">
          {errorText(run.error)}
        </span>
      ) : null}
      <Button pending={run.pending} onClick={run.start}>
        {run.pending ? null : <RefreshCw aria-hidden="true" />}
        {t("now")}
      </Button>
    </>
  );
}

function StateChoice({
  value,
  counts,
  onValueChange,
}: {
  value: FindingState;
  counts: Record<FindingState, number> | undefined;
  onValueChange: (state: FindingState) => void;
}) {
  const t = useTranslations("admin.list");
  return (
    <Segmented
      label={t("states")}
      name="finding-state"
      value={value}
      onValueChange={onValueChange}
      segments={findingStates.map((state) => ({
        value: state,
        label: counts ? `${t(state)} ${counts[state]}` : t(state),
      }))}
      className="self-start"
    />
  );
}

function FindingsList({
  state,
  list,
  onShow,
}: {
  state: FindingState;
  list: ReturnType<typeof useFindings>;
  onShow: (findingId: string) => void;
}) {
  const t = useTranslations("admin.list");
  const { findings, error } = list;
  if (error && !findings) {
    return (
      <Panel>
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void list.reload()} />
      </Panel>
    );
  }
  if (!findings) return <FindingsTableSkeleton />;
  if (findings.length === 0) {
    const empty = { open: "none", acknowledged: "noneAcknowledged", fixed: "noneFixed" } as const;
    return (
      <Panel>
        <EmptyState
          icon={CircleCheck}
          title={t(empty[state])}
          description={state === "open" ? t("noneDescription") : undefined}
        />
      </Panel>
    );
  }
  return (
    <>
      <FindingsTable findings={findings} onShow={onShow} />
      {list.hasMore ? (
        <Button className="mx-auto" pending={list.loadingMore} onClick={list.loadMore}>
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}

/** The page before anything is known. */
export function FindingsPageSkeleton() {
  return (
    <FindingsFrame actions={<Skeleton className="h-9 w-32" />}>
      <Skeleton className="h-40 w-full" />
      <Skeleton className="h-8 w-64" />
      <FindingsTableSkeleton />
    </FindingsFrame>
  );
}
