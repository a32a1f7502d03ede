"use client";

import { Monitor, Smartphone, Tablet, Terminal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFreshAction } from "@/components/account/use-fresh";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import type { SessionView } from "@/lib/auth/schema";
import { useQuantities } from "@/lib/client/use-quantities";
import { endSession } from "@/lib/client/use-sessions";
import { type SessionKind, sessionKind } from "./session-kind";

const icons: Record<SessionKind, typeof Monitor> = {
  program: Terminal,
  phone: Smartphone,
  tablet: Tablet,
  computer: Monitor,
};

/** One sign-in: on what, from where, since when. */
export function SessionRow({ session, nowMs }: { session: SessionView; nowMs: number }) {
  const t = useTranslations("settings.sessions");
  const device = session.device || t("unknownDevice");
  const Icon = icons[sessionKind(session)];
  const end = useFreshAction(async () => {
    await endSession(session.id);
    toast.success(t("ended", { device }));
  });
  return (
    <li className="flex items-start gap-3 px-4 py-3.5">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ink-muted" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{device}</span>
          {session.current ? <Badge tone="success">{t("current")}</Badge> : null}
          {session.kind === "api" ? <Badge>{t("program")}</Badge> : null}
        </div>
        <SessionFacts session={session} nowMs={nowMs} />
      </div>
      {session.current ? null : (
        <Button
          aria-label={t("endLabel", { device })}
          pending={end.pending}
          onClick={() => end.run()}
        >
          {t("end")}
        </Button>
      )}
      {end.dialog}
    </li>
  );
}

function SessionFacts({ session, nowMs }: { session: SessionView; nowMs: number }) {
  const t = useTranslations("settings.sessions");
  const quantities = useQuantities();
  const { network, sameNetwork, current } = session;
  const time = (iso: string) => (
    <time dateTime={iso} title={quantities.exactTime(iso)}>
      {quantities.when(iso, nowMs)}
    </time>
  );
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-sm [&>dt]:text-ink-muted">
      <dt>{t("lastSeen")}</dt>
      <dd>{time(session.lastSeenAt)}</dd>
      <dt>{t("started")}</dt>
      <dd>
        {time(session.createdAt)}
        {session.remember ? ` · ${t("kept")}` : null}
      </dd>
      <dt>{t("network")}</dt>
      <dd>
        {network === null
          ? t("unknownNetwork")
          : sameNetwork && !current
            ? t("sameNetwork", { network })
            : network}
      </dd>
    </dl>
  );
}
