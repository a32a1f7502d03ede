"use client";

import {
  AudioLines,
  Captions,
  CircleSlash,
  FileText,
  FileWarning,
  FileX,
  Upload,
} from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { CancelJobButton } from "@/components/jobs/job-actions";
import { JobProgress } from "@/components/jobs/job-progress";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { ButtonLink } from "@/components/ui/link";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { errorTitle } from "@/lib/errors";
import type { JobView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import type { VideoView } from "@/lib/videos/schema";
import { videoState } from "./video-state";

const JobFailure = lazyPart(
  () => import("@/components/jobs/job-failure").then((module) => module.JobFailure),
  <Skeleton className="h-40 w-full" />,
);
const MakeSubtitles = lazyPart(
  () => import("./make-subtitles").then((module) => module.MakeSubtitles),
  <Skeleton className="h-64 w-full" />,
);
const TranscriptDialog = lazyPart(() =>
  import("@/components/transcripts/transcript-dialog").then((module) => module.TranscriptDialog),
);

interface SidePanelProps {
  video: VideoView;
  job: JobView | null;
  onChanged: () => void;
}

/** What stands where the subtitles will be: how far they are, or how to get them. */
export function SidePanel({ video, job, onChanged }: SidePanelProps) {
  const t = useTranslations("studio.video");
  const locale = useLocale();
  if (video.role !== "owner") return <NothingShared />;
  switch (videoState(video, job)) {
    case "uploading":
      return <Uploading video={video} />;
    case "preparing":
      return (
        <Centered>
          <EmptyState icon={AudioLines} title={t("preparing")} description={t("preparingHint")} />
        </Centered>
      );
    case "unusable":
      return (
        <Centered>
          <EmptyState
            icon={FileWarning}
            title={t("unusable")}
            description={errorTitle(video.errorCode ?? "internal", locale)}
            action={<UploadOther />}
          />
        </Centered>
      );
    case "fileless":
      return (
        <Centered>
          <EmptyState
            icon={FileX}
            title={t("bare")}
            description={t("filelessHint")}
            action={<UploadOther />}
          />
        </Centered>
      );
    case "running":
      return job ? <Running job={job} onChanged={onChanged} /> : null;
    case "failed":
      return (
        <div className="relative flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">
          {job ? <JobFailure job={job} onChanged={onChanged} onOrdered={onChanged} /> : null}
          <MakeSubtitles video={video} onChanged={onChanged} quiet />
          <BringText video={video} onChanged={onChanged} />
        </div>
      );
    case "cancelled":
      return (
        <Offer icon={CircleSlash} title={t("cancelled")} description={t("bareHint")}>
          <MakeSubtitles video={video} onChanged={onChanged} />
          <BringText video={video} onChanged={onChanged} />
        </Offer>
      );
    case "ready":
    case "bare":
      return (
        <Offer icon={Captions} title={t("bare")} description={t("bareHint")}>
          <MakeSubtitles video={video} onChanged={onChanged} />
          <BringText video={video} onChanged={onChanged} />
        </Offer>
      );
  }
}

/** Making subtitles is the owner's; the others wait for them. */
function NothingShared() {
  const t = useTranslations("sharing.page");
  return (
    <Centered>
      <EmptyState icon={Captions} title={t("noTracks")} description={t("noTracksHint")} />
    </Centered>
  );
}

/** The track is there and holds nothing, because nobody speaks. */
export function NoSpeech({ video, job, onChanged }: SidePanelProps) {
  const t = useTranslations("studio.video");
  if (video.role !== "owner") return <NothingShared />;
  if (job && !finalStatuses.includes(job.status)) {
    return <Running job={job} onChanged={onChanged} />;
  }
  if (video.mediaDeletedAt !== null) {
    return (
      <Centered>
        <EmptyState
          icon={AudioLines}
          title={t("noSpeech")}
          description={t("filelessHint")}
          action={<UploadOther />}
        />
      </Centered>
    );
  }
  return (
    <Offer icon={AudioLines} title={t("noSpeech")} description={t("noSpeechHint")}>
      <MakeSubtitles video={video} onChanged={onChanged} again />
      <BringText video={video} onChanged={onChanged} />
    </Offer>
  );
}

/** For whoever has the words already: only their times are missing. */
function BringText({ video, onChanged }: Pick<SidePanelProps, "video" | "onChanged">) {
  const t = useTranslations("studio.tracks");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" className="mt-2 w-full" onClick={() => setOpen(true)}>
        <FileText aria-hidden="true" />
        {t("bring")}
      </Button>
      {open ? (
        <TranscriptDialog videoId={video.id} onClose={() => setOpen(false)} onOrdered={onChanged} />
      ) : null}
    </>
  );
}

const Centered = ({ children }: { children: ReactNode }) => (
  <div className="relative flex min-h-0 flex-1 flex-col items-center justify-center-safe overflow-y-auto">
    {children}
  </div>
);

function UploadOther() {
  const t = useTranslations("studio.video");
  return (
    <ButtonLink variant="primary" href={routes.upload()}>
      <Upload aria-hidden="true" />
      {t("uploadOther")}
    </ButtonLink>
  );
}

interface OfferProps {
  icon: typeof Captions;
  title: string;
  description: string;
  children: ReactNode;
}

function Offer({ icon, title, description, children }: OfferProps) {
  return (
    <Centered>
      <EmptyState icon={icon} title={title} description={description} className="pb-6" />
      <div className="w-full max-w-sm px-4 pb-10">{children}</div>
    </Centered>
  );
}

function Uploading({ video }: { video: VideoView }) {
  const t = useTranslations("studio.video");
  const sent = video.upload?.sentBytes ?? 0;
  const percent = video.sizeBytes > 0 ? (sent / video.sizeBytes) * 100 : 0;
  return (
    <Centered>
      <EmptyState
        icon={Upload}
        title={t("uploading")}
        description={t("uploadingHint")}
        action={<ButtonLink href={routes.upload()}>{t("openUploads")}</ButtonLink>}
      />
      <Progress value={percent} label={t("uploading")} className="w-56" />
    </Centered>
  );
}

function Running({ job, onChanged }: { job: JobView; onChanged: () => void }) {
  const t = useTranslations("studio.video");
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto p-4 sm:p-6">
      <div className="flex flex-col gap-1">
        <h2 className="font-semibold text-lg">{t("running")}</h2>
        <p className="text-ink-muted">{t("runningHint")}</p>
      </div>
      <JobProgress job={job} />
      <div className="flex justify-between gap-2">
        <ButtonLink variant="quiet" href={routes.job(job.id)}>
          {t("jobDetails")}
        </ButtonLink>
        <CancelJobButton job={job} onChanged={onChanged} />
      </div>
    </div>
  );
}

/** The list of cues on its way. */
export function TrackSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col">
      <div className="flex h-11 items-center justify-between border-b px-4">
        <Skeleton className="h-5 w-20" />
        <Skeleton className="h-7 w-24" />
      </div>
      {["a", "b", "c", "d", "e", "f"].map((row) => (
        <div key={row} className="flex h-15.25 gap-2 border-b px-4 py-2">
          <Skeleton className="h-4.5 w-16" />
          <Skeleton className="h-10 flex-1" />
        </div>
      ))}
    </div>
  );
}
