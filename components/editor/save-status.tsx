"use client";

import { Check, CloudOff, CloudUpload, LogIn, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { useErrorText } from "@/components/ui/request-error";
import { routes } from "@/lib/client/routes";
import { saveFile } from "@/lib/client/save-file";
import type { QueueState } from "@/lib/client/use-track";
import { useEditor } from "./editor-context";

/** Whether every edit has reached the server, and what to do when one hasn't. */
export function SaveStatus({ onConflicts }: { onConflicts: () => void }) {
  const { queue } = useEditor().session;
  const t = useTranslations("editor.save");
  const state = useSyncExternalStore(queue.subscribe, queue.getState, queue.getState);
  const conflicts = state.conflicts.length;
  return (
    <div role="status" className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      {conflicts > 0 ? (
        <>
          <Fact tone="warning" icon={TriangleAlert}>
            {t("conflicts", { count: conflicts })}
          </Fact>
          <Button size="sm" onClick={onConflicts}>
            {t("choose")}
          </Button>
        </>
      ) : null}
      <Sending />
      {!state.durable && state.unsent > 0 ? (
        <span className="text-warning">{t("notDurable")}</span>
      ) : null}
    </div>
  );
}

function Sending() {
  const { session, readOnly } = useEditor();
  const { queue } = session;
  const t = useTranslations("editor.save");
  const errorText = useErrorText();
  const state = useSyncExternalStore(queue.subscribe, queue.getState, queue.getState);
  switch (state.status) {
    case "waiting": {
      const refused = state.error?.code === "rate_limited" ? state.error : null;
      return (
        <>
          <Fact tone="warning" icon={refused ? TriangleAlert : CloudOff}>
            {refused
              ? t("stopped", { reason: errorText(refused) })
              : t("waiting", { count: state.unsent })}
          </Fact>
          <Button size="sm" onClick={queue.retry}>
            {t("now")}
          </Button>
        </>
      );
    }
    case "signed_out":
      return <SignedOut state={state} />;
    case "read_only":
      return (
        <>
          <Fact tone="danger" icon={TriangleAlert}>
            {t("roleGone", { count: state.unsent })}
          </Fact>
          <KeepAsFile />
        </>
      );
    case "stopped":
      return (
        <>
          <Fact tone="danger" icon={TriangleAlert}>
            {t("stopped", { reason: state.error ? errorText(state.error) : "" })}
          </Fact>
          <Button size="sm" onClick={queue.retry}>
            {t("again")}
          </Button>
          <KeepAsFile />
        </>
      );
    default:
      if (readOnly) return <span className="text-ink-muted">{t("looking")}</span>;
      return <Settled unsent={state.unsent - state.conflicts.length} />;
  }
}

/** Nobody is logged in, or whoever hasn't made these edits. */
function SignedOut({ state: { error, unsent } }: { state: QueueState }) {
  const { queue } = useEditor().session;
  const t = useTranslations("editor.save");
  const other = error?.code === "other_account";
  return (
    <>
      <Fact tone="danger" icon={other ? TriangleAlert : LogIn}>
        {t(other ? "otherAccount" : "signedOut", { count: unsent })}
      </Fact>
      {other ? null : (
        <ButtonLink size="sm" href={routes.login(window.location.pathname)} target="_blank">
          {t("logIn")}
        </ButtonLink>
      )}
      <Button size="sm" variant="quiet" onClick={queue.retry}>
        {t("again")}
      </Button>
      {other ? <KeepAsFile /> : null}
    </>
  );
}

/** What couldn't be stored, as a file: nothing of it is lost. */
function KeepAsFile() {
  const { queue, trackId } = useEditor().session;
  const t = useTranslations("editor.save");
  const edits = queue.unsentEdits();
  if (edits.length === 0) return null;
  const save = () =>
    saveFile(`${trackId}.edits.json`, JSON.stringify(edits, null, 2), "application/json");
  return (
    <Button size="sm" variant="quiet" onClick={save}>
      {t("keep")}
    </Button>
  );
}

/** Saved, and since when; while something is on its way, that. */
function Settled({ unsent }: { unsent: number }) {
  const t = useTranslations("editor.save");
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const sending = unsent > 0;
  useEffect(() => {
    if (!sending) return;
    return () => setSavedAt(new Date());
  }, [sending]);
  if (sending) {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-muted">
        {/* It stands still: it is there for as long as somebody writes. */}
        <CloudUpload aria-hidden="true" className="size-4" />
        <span className="max-sm:sr-only">{t("sending")}</span>
      </span>
    );
  }
  const time = savedAt?.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return (
    <span
      className="inline-flex items-center gap-1.5 text-ink-muted"
      title={time === undefined ? undefined : t("savedAt", { time })}
    >
      <Check aria-hidden="true" className="size-4" />
      <span className="max-sm:sr-only">{t("saved")}</span>
    </span>
  );
}

function Fact({
  tone,
  icon: Icon,
  children,
}: {
  tone: "warning" | "danger";
  icon: typeof Check;
  children: ReactNode;
}) {
  return (
    <span
      className={
        tone === "warning"
          ? "inline-flex items-center gap-1.5 font-medium text-warning"
          : "inline-flex items-center gap-1.5 text-danger"
      }
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {children}
    </span>
  );
}
