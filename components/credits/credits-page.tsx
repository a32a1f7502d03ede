"use client";

import { Coins } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { useCredits, useHeldJobs, useRecentHistory } from "@/lib/client/use-credits";
import { useNow } from "@/lib/client/use-quantities";
import { transcriptionPerMinute } from "@/lib/credits/price";
import type { CreditsView } from "@/lib/credits/schema";
import { HistoryTable, HistoryTableSkeleton } from "./history-table";
import { LotsTable } from "./lots-table";
import { useCreditWords } from "./use-credit-words";

/**
 * What there is, what it is held for, where it came from, and what happened last. Who tries the
 * product without an account is asked to sign up in place of topping up.
 */
export function CreditsPage({ visitor }: { visitor: boolean }) {
  const t = useTranslations("credits.overview");
  const { credits, error, reload } = useCredits();
  const nowMs = useNow(30_000);
  if (error && !credits) {
    return (
      <Panel>
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void reload()} />
      </Panel>
    );
  }
  if (!credits) return <CreditsPageSkeleton />;
  return (
    <div className="flex flex-col gap-5">
      <Balance credits={credits} visitor={visitor} />
      {credits.held > 0 ? <Held held={credits.held} /> : null}
      {credits.lots.length > 0 ? (
        <LotsTable lots={credits.lots} nowMs={nowMs} />
      ) : (
        <Panel>
          <EmptyState icon={Coins} title={t("none")} description={t("noneDescription")} />
        </Panel>
      )}
      <Recent />
    </div>
  );
}

function Balance({ credits, visitor }: { credits: CreditsView; visitor: boolean }) {
  const t = useTranslations("credits.overview");
  const invite = useTranslations("credits.visitor");
  const words = useCreditWords();
  const { available, nextExpiry } = credits;
  const minutes = Math.floor(available / transcriptionPerMinute);
  return (
    <Panel>
      <PanelBody className="flex flex-wrap items-end justify-between gap-x-8 gap-y-5">
        <div className="flex flex-col gap-1">
          <h2 className="text-ink-muted">{t("available")}</h2>
          <p aria-live="polite" className="font-semibold text-3xl tabular-nums tracking-tight">
            {words.credits(available)}
          </p>
          <p className="text-ink-muted">{t("minutes", { minutes })}</p>
        </div>
        <div className="flex flex-col gap-1 sm:text-right">
          <h2 className="text-ink-muted">{t("nextExpiry")}</h2>
          <p className="font-medium">
            {nextExpiry
              ? t("nextExpiryWhen", { date: words.day(nextExpiry.at), count: nextExpiry.credits })
              : t("noExpiry")}
          </p>
        </div>
      </PanelBody>
      <div className="border-t px-4 py-3">
        {visitor ? (
          <ButtonLink href={routes.signUp()} variant="primary">
            {invite("signUp")}
          </ButtonLink>
        ) : (
          <ButtonLink href={routes.topUp()} variant="primary">
            {t("topUp")}
          </ButtonLink>
        )}
      </div>
    </Panel>
  );
}

/** Credits set aside, and the jobs they are set aside for. */
function Held({ held }: { held: number }) {
  const t = useTranslations("credits.overview");
  const words = useCreditWords();
  const jobs = useHeldJobs();
  return (
    <Panel>
      <PanelHeader title={t("held")}>
        <span className="font-medium tabular-nums">{words.credits(held)}</span>
      </PanelHeader>
      <PanelBody className="flex flex-col gap-3">
        <p className="text-ink-muted">{t("heldAbout")}</p>
        {jobs.length > 0 ? (
          <ul aria-label={t("heldJobs")} className="flex flex-col gap-2">
            {jobs.map((job) => (
              <li key={job.id} className="flex items-baseline justify-between gap-4">
                <TextLink href={routes.job(job.id)}>{job.videoTitle}</TextLink>
                <span className="shrink-0 text-ink-muted tabular-nums">
                  {words.credits(job.credits.held)}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
      </PanelBody>
    </Panel>
  );
}

const recentRows = 5;

function Recent() {
  const t = useTranslations("credits.recent");
  const history = useTranslations("credits.history");
  const { entries, error, reload } = useRecentHistory(recentRows);
  return (
    <Panel className="overflow-hidden">
      <PanelHeader title={t("title")}>
        <TextLink href={routes.creditHistory()}>{t("all")}</TextLink>
      </PanelHeader>
      {error && !entries ? (
        <RequestError
          error={error}
          title={history("loadFailed")}
          onRetry={() => void reload()}
          className="py-10"
        />
      ) : !entries ? (
        <HistoryTableSkeleton />
      ) : entries.length === 0 ? (
        <p className="px-4 py-10 text-center text-ink-muted">{t("none")}</p>
      ) : (
        <HistoryTable entries={entries} />
      )}
    </Panel>
  );
}

/** The page before anything is known. */
export function CreditsPageSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-5">
      <Skeleton className="h-43 w-full" />
      <Skeleton className="h-40 w-full" />
      <Skeleton className="h-96 w-full" />
    </div>
  );
}
