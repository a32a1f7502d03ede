"use client";

import { Captions, Download, Film } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { parseAsInteger, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { Menu, MenuLink } from "@/components/ui/menu";
import { Notice } from "@/components/ui/notice";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { useQuantities } from "@/lib/client/use-quantities";
import { reportFileUrl, useReport } from "@/lib/client/use-report";
import { useTrack } from "@/lib/client/use-track";
import { useAllVersions } from "@/lib/client/use-versions";
import { useVideo } from "@/lib/client/use-videos";
import type { TrackView } from "@/lib/tracks/schema";
import { targetName } from "@/lib/translation/targets";
import { LiveReport } from "./live-report";
import { ReportFigures } from "./report-figures";
import { StoredFindings } from "./stored-findings";

/** How good a track is, what to look at, and what can be repaired with a press. */
export function ReportPage({ trackId }: { trackId: string }) {
  const t = useTranslations("report.page");
  const [version, setVersion] = useQueryState("version", parseAsInteger);
  const { track, error, reload } = useTrack(trackId);
  if (!track) {
    if (!error) return <ReportPageSkeleton />;
    return (
      <RequestError
        level={1}
        error={error}
        title={t("loadFailed")}
        back={{ href: routes.videos(), label: t("back") }}
        onRetry={() => void reload()}
        className="flex-1"
      />
    );
  }
  return (
    <PageFrame>
      <Header track={track} version={version} onVersion={(next) => void setVersion(next)} />
      <Body track={track} version={version} onNow={() => void setVersion(null)} />
    </PageFrame>
  );
}

interface HeaderProps {
  track: TrackView;
  version: number | null;
  onVersion: (version: number | null) => void;
}

function Header({ track, version, onVersion }: HeaderProps) {
  const t = useTranslations("report.page");
  const locale = useLocale();
  const { video } = useVideo(track.videoId);
  const language = targetName(track.language, locale);
  return (
    <PageHeader
      title={t("title")}
      description={video ? `${video.title} · ${language}` : language}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <VersionChoice trackId={track.id} version={version} onVersion={onVersion} />
          <Menu
            trigger={
              <Button>
                <Download aria-hidden="true" />
                {t("download")}
              </Button>
            }
          >
            {(["csv", "json"] as const).map((format) => (
              <MenuLink key={format} href={reportFileUrl(track.id, version, format)} download>
                {t(format)}
              </MenuLink>
            ))}
          </Menu>
          <ButtonLink href={routes.video(track.videoId, { track: track.id })}>
            <Film aria-hidden="true" />
            {t("openVideo")}
          </ButtonLink>
        </div>
      }
    />
  );
}

function VersionChoice({
  trackId,
  version,
  onVersion,
}: {
  trackId: string;
  version: number | null;
  onVersion: (version: number | null) => void;
}) {
  const t = useTranslations("report.page");
  const quantities = useQuantities();
  const { versions } = useAllVersions(trackId);
  if (!versions) return <Skeleton className="h-9 w-32" />;
  return (
    <Select
      label={t("version")}
      value={version === null ? "now" : String(version)}
      onValueChange={(value) => onVersion(value === "now" ? null : Number(value))}
      options={[
        { value: "now", label: t("now") },
        ...versions.map(({ number, at }) => ({
          value: String(number),
          label: t("versionOf", { number }),
          hint: quantities.exactTime(at),
        })),
      ]}
      className="min-w-28"
    />
  );
}

interface BodyProps {
  track: TrackView;
  version: number | null;
  onNow: () => void;
}

function Body({ track, version, onNow }: BodyProps) {
  const t = useTranslations("report.page");
  const { answer, error, reload } = useReport(track.id, version);
  if (!answer) {
    if (!error) return <ReportSkeleton />;
    return (
      <Panel>
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void reload()} />
      </Panel>
    );
  }
  if (version === null) {
    if (track.cues.length === 0) {
      return (
        <Empty icon={Captions} title={t("noCues")} description={t("noCuesHint")}>
          <ButtonLink href={routes.video(track.videoId)}>{t("openVideo")}</ButtonLink>
        </Empty>
      );
    }
    return <LiveReport track={track} answer={answer} reload={() => void reload()} />;
  }
  return (
    <div className="flex flex-col gap-4">
      <Notice>
        <div className="flex flex-wrap items-center justify-between gap-2">
          {t("older")}
          <Button size="sm" onClick={onNow}>
            {t("openNow")}
          </Button>
        </div>
      </Notice>
      <ReportFigures report={answer.report} evidence={answer.evidence} />
      <StoredFindings report={answer.report} />
    </div>
  );
}

function Empty({
  children,
  ...state
}: { children?: ReactNode } & Omit<Parameters<typeof EmptyState>[0], "action">) {
  return (
    <Panel>
      <EmptyState {...state} action={children} />
    </Panel>
  );
}

function ReportSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-4">
      <Skeleton className="h-30" />
      <Skeleton className="h-44" />
      <Skeleton className="h-96" />
    </div>
  );
}

/** The page before anything is known, in its final shape. */
export function ReportPageSkeleton() {
  return (
    <PageFrame>
      <div aria-hidden="true" className="mb-6 flex flex-wrap items-end justify-between gap-3">
        <div className="flex flex-col gap-1">
          <Skeleton className="h-7.5 w-40" />
          <Skeleton className="h-5.5 w-64" />
        </div>
        <Skeleton className="h-9 w-80 max-w-full" />
      </div>
      <ReportSkeleton />
    </PageFrame>
  );
}
