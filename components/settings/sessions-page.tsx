"use client";

import { MonitorSmartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useFreshAction } from "@/components/account/use-fresh";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Panel, PanelHeader } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { toast } from "@/components/ui/toaster";
import { useNow } from "@/lib/client/use-quantities";
import { endOtherSessions, useSessions } from "@/lib/client/use-sessions";
import { LoadFailed } from "./load-failed";
import { SessionRow } from "./session-row";

/** Where the account is signed in, and ending that. */
export function SessionsPage() {
  const t = useTranslations("settings.sessions");
  const { sessions, error, reload } = useSessions();
  const nowMs = useNow(30_000);
  if (error && !sessions) {
    return <LoadFailed error={error} title={t("loadFailed")} onRetry={() => void reload()} />;
  }
  if (!sessions) return <SessionsPageSkeleton />;
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <SessionsFrame actions={others > 0 ? <EndOthers count={others} /> : null}>
      <ul className="divide-y">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} nowMs={nowMs} />
        ))}
      </ul>
      {others === 0 ? (
        <EmptyState
          icon={MonitorSmartphone}
          title={t("onlyThis")}
          description={t("onlyThisDescription")}
          className="border-t py-10"
        />
      ) : null}
    </SessionsFrame>
  );
}

function SessionsFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const t = useTranslations("settings.sessions");
  return (
    <Panel>
      <PanelHeader title={t("title")}>{actions}</PanelHeader>
      <p className="border-b px-4 py-3 text-ink-muted">{t("description")}</p>
      {children}
    </Panel>
  );
}

function EndOthers({ count }: { count: number }) {
  const t = useTranslations("settings.sessions");
  const common = useTranslations("common");
  const [asking, setAsking] = useState(false);
  const end = useFreshAction(async () => {
    await endOtherSessions();
    toast.success(t("endedOthers"));
  });
  return (
    <>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("endOthersTitle")}
        description={t("endOthersDescription", { count })}
        cancelLabel={common("cancel")}
        confirmLabel={t("endOthersConfirm")}
        onConfirm={() => {
          setAsking(false);
          end.run();
        }}
        trigger={
          <Button size="sm" pending={end.pending}>
            {t("endOthers")}
          </Button>
        }
      />
      {end.dialog}
    </>
  );
}

/** The page before anything is known of it. */
export function SessionsPageSkeleton() {
  return (
    <SessionsFrame>
      <div aria-hidden="true" className="divide-y">
        {["a", "b", "c"].map((row) => (
          <div key={row} className="flex items-start gap-3 px-4 py-3.5">
            <Skeleton className="size-5" />
            <div className="flex flex-1 flex-col gap-1">
              <Skeleton className="h-6 w-40" />
              <Skeleton className="h-16 w-56" />
            </div>
            <Skeleton className="h-9 w-20" />
          </div>
        ))}
      </div>
    </SessionsFrame>
  );
}
