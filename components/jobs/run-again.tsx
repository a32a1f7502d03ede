"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OrderSubject } from "@/components/options/order-form";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { routes } from "@/lib/client/routes";
import { useVideo } from "@/lib/client/use-videos";
import type { JobView } from "@/lib/jobs/schema";
import type { VideoView } from "@/lib/videos/schema";

const OrderDialog = lazyPart(() =>
  import("@/components/options/order-dialog").then((module) => module.OrderDialog),
);

/** The same work with other options: it makes a new version of what is there. */
export function RunAgain({ job }: { job: JobView }) {
  const t = useTranslations("studio.jobs");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { video } = useVideo(job.videoId);
  const subject = video && subjectOf(job, video);
  if (!subject) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <RefreshCw aria-hidden="true" />
        {t("again")}
      </Button>
      {open ? (
        <OrderDialog
          open
          again
          onOpenChange={setOpen}
          title={t("again")}
          description={t("againHint")}
          subject={subject}
          initial={{ language: job.language, options: job.options }}
          onOrdered={({ id }) => router.push(routes.job(id))}
        />
      ) : null}
    </>
  );
}

/** What the job worked on, as far as it is still there; undefined: it can't be done again. */
function subjectOf(job: JobView, video: VideoView): OrderSubject | undefined {
  const { kind, videoId, transcriptId, sourceTrackId } = job;
  if (kind === "translate") {
    const source = video.tracks.find(({ id }) => id === sourceTrackId);
    if (!source) return undefined;
    const existing = video.tracks.map(({ language }) => language);
    return { kind, videoId, sourceTrackId: source.id, language: source.language, existing };
  }
  if (video.mediaDeletedAt !== null || video.status === "failed") return undefined;
  if (kind === "caption") return { kind, videoId };
  return transcriptId === null ? undefined : { kind, videoId, transcriptId };
}
