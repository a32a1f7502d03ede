"use client";

import { ChartNoAxesColumn, Ellipsis, FileText, Plus, RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { ButtonLink } from "@/components/ui/link";
import { Menu, MenuItem } from "@/components/ui/menu";
import { routes } from "@/lib/client/routes";
import { useReport } from "@/lib/client/use-report";
import type { JobView } from "@/lib/jobs/schema";
import { targetName } from "@/lib/translation/targets";
import type { VideoTrack, VideoView } from "@/lib/videos/schema";
import { TrackSwitch } from "./track-switch";

const OrderDialog = lazyPart(() =>
  import("@/components/options/order-dialog").then((module) => module.OrderDialog),
);
const TranscriptDialog = lazyPart(() =>
  import("@/components/transcripts/transcript-dialog").then((module) => module.TranscriptDialog),
);

export interface TrackBarProps {
  video: VideoView;
  job: JobView | null;
  tracks: readonly VideoTrack[];
  track: VideoTrack;
  onTrack: (trackId: string) => void;
  /** Something of the video has changed on the server. */
  onChanged: () => void;
  /** Further commands. */
  children?: ReactNode;
}

type Task = "add" | "again" | "bring" | null;

/** Above the cues: which language, how good, and what else can be made of it. */
export function TrackBar(props: TrackBarProps) {
  const { video, tracks, track, onTrack, children } = props;
  const t = useTranslations("studio.tracks");
  const [task, setTask] = useState<Task>(null);
  // Jobs are the owner's to order.
  const mayOrder = video.role === "owner";
  const hasMedia = video.mediaDeletedAt === null;
  return (
    <div className="@container flex min-h-9 items-center gap-1.5 border-b py-1 pr-2 pl-3">
      <TrackSwitch tracks={tracks} trackId={track.id} onTrack={onTrack} />
      {mayOrder ? (
        <Button size="sm" variant="quiet" aria-label={t("add")} onClick={() => setTask("add")}>
          <Plus aria-hidden="true" />
          <span className="@max-lg:hidden">{t("add")}</span>
          <span className="@lg:hidden">{t("addShort")}</span>
        </Button>
      ) : null}
      <div className="hit-row ml-auto flex min-w-0 items-center gap-1">
        <ReportLink trackId={track.id} />
        {children}
        {mayOrder && hasMedia ? (
          <Menu
            trigger={
              <IconButton size="sm" label={t("menu")}>
                <Ellipsis aria-hidden="true" />
              </IconButton>
            }
          >
            <MenuItem onClick={() => setTask("again")}>
              <RefreshCw aria-hidden="true" />
              {t("again")}
            </MenuItem>
            <MenuItem onClick={() => setTask("bring")}>
              <FileText aria-hidden="true" />
              {t("bring")}
            </MenuItem>
          </Menu>
        ) : null}
      </div>
      <Tasks {...props} task={task} onClose={() => setTask(null)} />
    </div>
  );
}

function ReportLink({ trackId }: { trackId: string }) {
  const t = useTranslations("studio.tracks");
  const { answer } = useReport(trackId);
  const left = new Set(answer?.left.map(({ id }) => id));
  const count = answer?.report.findings.filter(
    ({ id, severity }) => severity !== "info" && !left.has(id),
  ).length;
  return (
    <ButtonLink size="sm" variant="quiet" href={routes.report(trackId)} className="min-w-0">
      <ChartNoAxesColumn aria-hidden="true" />
      <span className="truncate tabular-nums">
        {count === undefined ? t("report") : count === 0 ? t("clean") : t("toCheck", { count })}
      </span>
    </ButtonLink>
  );
}

function Tasks(props: TrackBarProps & { task: Task; onClose: () => void }) {
  const { video, job, tracks, track, task, onChanged, onClose } = props;
  const t = useTranslations("studio.tracks");
  const locale = useLocale();
  const router = useRouter();
  const source = tracks.find(({ id }) => id === track.sourceTrackId) ?? track;
  const dialog = { onOpenChange: (open: boolean) => open || onClose() };
  switch (task) {
    case "add":
      return (
        <OrderDialog
          {...dialog}
          open
          title={t("addTitle")}
          description={t("addDescription", { language: targetName(source.language, locale) })}
          subject={{
            kind: "translate",
            videoId: video.id,
            sourceTrackId: source.id,
            language: source.language,
            existing: tracks.map(({ language }) => language),
          }}
          onOrdered={onChanged}
        />
      );
    case "again":
      return (
        <OrderDialog
          {...dialog}
          open
          again
          title={t("againTitle")}
          description={t("againDescription")}
          subject={{ kind: "caption", videoId: video.id }}
          {...(job?.kind === "caption" && {
            initial: { language: job.language, options: job.options },
          })}
          onOrdered={onChanged}
        />
      );
    case "bring":
      return (
        <TranscriptDialog
          videoId={video.id}
          onClose={onClose}
          onOrdered={(ordered) => router.push(routes.job(ordered.id))}
        />
      );
    default:
      return null;
  }
}
