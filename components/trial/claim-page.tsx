"use client";

import { useTranslations } from "next-intl";
import { startTransition, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { useErrorText } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiError, api } from "@/lib/client/api";
import type { ClaimView } from "@/lib/trial/schema";

const path = "/api/v1/trial/claim";

interface ClaimPageProps {
  /** What there is to move, as the server knew it. */
  claim: ClaimView;
  /** The account it would go to, as its owner knows it. */
  account: string;
  /** Where to go afterwards. */
  next: string;
  /** The server action that remembers a no. */
  keepApart: () => Promise<void>;
}

/**
 * Asks whether the account takes over what this browser has tried, and shows all of it: whoever
 * was talked into logging in to a foreign account sees whose it would become.
 */
export function ClaimPage({ claim: initial, account, next, keepApart }: ClaimPageProps) {
  const t = useTranslations("trial.claim");
  const errorText = useErrorText();
  const { claim, pending, error, take, look, leave } = useClaim(initial, next, keepApart);
  const { videos, credits, busy } = claim;
  const counts = { videos: videos.length, credits, account };
  return (
    <>
      <PageHeader
        title={t("title")}
        description={videos.length > 0 ? t("description", counts) : t("creditsOnly", counts)}
      />
      <div className="flex flex-col gap-5">
        <Moved claim={claim} />
        <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
          {busy ? <Notice tone="warning">{t("busy")}</Notice> : null}
          {error ? <Notice tone="danger">{errorText(error)}</Notice> : null}
        </div>
        <div className="flex flex-wrap gap-2.5">
          {busy ? (
            <Button variant="primary" size="lg" pending={pending} onClick={() => void look()}>
              {t("again")}
            </Button>
          ) : (
            <Button variant="primary" size="lg" pending={pending} onClick={() => void take()}>
              {t("yes")}
            </Button>
          )}
          <Button size="lg" disabled={pending} onClick={() => startTransition(leave)}>
            {t("no")}
          </Button>
        </div>
        <p className="text-ink-muted text-pretty">{t("noNote")}</p>
      </div>
    </>
  );
}

function useClaim(initial: ClaimView, next: string, keepApart: () => Promise<void>) {
  const [claim, setClaim] = useState(initial);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError>();
  const goOn = () => window.location.assign(next);
  const look = async () => {
    const { claim: now } = await api<{ claim: ClaimView | null }>(path);
    if (now) setClaim(now);
    else goOn();
  };
  /** Does `work` once at a time; stays pending when it has left the page. */
  const run = async (work: () => Promise<unknown>) => {
    setPending(true);
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      const problem = thrown instanceof ApiError ? thrown : new ApiError("network");
      setError(problem);
      if (["claim_changed", "claim_busy", "not_found"].includes(problem.code)) {
        await look().catch(() => undefined);
      }
      setPending(false);
    }
  };
  const take = () =>
    run(async () => {
      await api(path, { body: { videos: claim.videos.length, credits: claim.credits } });
      // A new page: what this tab knows of videos and credits is old.
      goOn();
    });
  const lookAgain = () => run(look).then(() => setPending(false));
  const leave = () =>
    run(async () => {
      await keepApart();
      goOn();
    });
  return { claim, pending, error, take, look: lookAgain, leave };
}

/** Every video by its name, and the credits. */
function Moved({ claim: { videos, credits } }: { claim: ClaimView }) {
  const t = useTranslations("trial.claim");
  return (
    <Panel>
      <dl className="flex flex-col">
        <div className="flex items-baseline justify-between gap-4 border-b px-4 py-3">
          <dt className="font-medium">{t("credits")}</dt>
          <dd className="tabular-nums">{t("creditCount", { count: credits })}</dd>
        </div>
        <div className="flex flex-col gap-2 px-4 py-3">
          <dt className="font-medium">{t("videos")}</dt>
          <dd>
            {videos.length > 0 ? (
              <ul className="flex flex-col gap-1">
                {videos.map(({ id, title }) => (
                  <li key={id} className="truncate text-ink-muted">
                    {title}
                  </li>
                ))}
              </ul>
            ) : (
              <p className="text-ink-muted">{t("noVideos")}</p>
            )}
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

/** The page before anything is known. */
export function ClaimPageSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-5">
      <Skeleton className="h-14 w-full max-w-md" />
      <Skeleton className="h-32 w-full" />
      <Skeleton className="h-11 w-64" />
    </div>
  );
}
