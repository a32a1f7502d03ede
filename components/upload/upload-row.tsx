"use client";

import {
  CircleCheck,
  CirclePause,
  CloudOff,
  FileVideo,
  FileWarning,
  Pause,
  Play,
  RotateCcw,
  X,
} from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/dialog";
import { lazyPart } from "@/components/ui/lazy-part";
import { ButtonLink } from "@/components/ui/link";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toaster";
import { routes } from "@/lib/client/routes";
import type { UploadItem } from "@/lib/client/uploader";
import { useQuantities } from "@/lib/client/use-quantities";
import type { useUploads } from "@/lib/client/use-uploads";
import { errorTitle } from "@/lib/errors";
import { FileButton } from "./file-button";

const OrderPanel = lazyPart(() => import("./order-panel").then((module) => module.OrderPanel));

type UploadCommands = Omit<ReturnType<typeof useUploads>, "uploads" | "add">;

interface UploadRowProps {
  item: UploadItem;
  /** Credits that the other files on the list will take. */
  pledged: number;
  commands: UploadCommands;
}

/** One file on its way: how far, how fast, how long still, what its subtitles would cost. */
export function UploadRow({ item, pledged, commands }: UploadRowProps) {
  const quantities = useQuantities();
  const { progress, phase } = item;
  const percent = progress.totalBytes > 0 ? (progress.sentBytes / progress.totalBytes) * 100 : 0;
  const moving = phase === "uploading" || phase === "finishing" || phase === "checking";
  const barred = phase !== "failed" && phase !== "done";
  return (
    <li className="flex flex-wrap items-start gap-x-3 border-b px-4 py-3 last:border-b-0">
      <PhaseSign phase={phase} />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex items-baseline justify-between gap-3">
          <p className="truncate font-medium" title={item.fileName}>
            {item.fileName}
          </p>
          <p className="shrink-0 text-ink-muted text-sm tabular-nums">
            {quantities.bytes(item.sizeBytes)}
          </p>
        </div>
        {barred ? (
          <Progress
            value={phase === "checking" ? undefined : percent}
            label={item.fileName}
            tone={phase === "paused" || phase === "offline" ? "warning" : "accent"}
            className={cn("h-1", !moving && "opacity-70")}
          />
        ) : null}
        <PhaseText item={item} percent={percent} />
      </div>
      <div className="hit-row -my-1 flex shrink-0 items-center gap-0.5">
        <RowActions item={item} commands={commands} />
      </div>
      <OrderPanel key={item.uploadId} item={item} pledged={pledged} commands={commands} />
    </li>
  );
}

const signs = {
  checking: Spinner,
  queued: FileVideo,
  uploading: FileVideo,
  finishing: Spinner,
  paused: CirclePause,
  offline: CloudOff,
  needs_file: FileVideo,
  done: CircleCheck,
  failed: FileWarning,
} as const;

function PhaseSign({ phase }: Pick<UploadItem, "phase">) {
  const Icon = signs[phase];
  const tone =
    phase === "done" ? "text-success" : phase === "failed" ? "text-danger" : "text-ink-muted";
  return <Icon aria-hidden="true" className={cn("mt-0.5 size-5 shrink-0", tone)} />;
}

function PhaseText({ item, percent }: { item: UploadItem; percent: number }) {
  const t = useTranslations("studio.upload");
  const locale = useLocale();
  const quantities = useQuantities();
  const { phase, progress } = item;
  if (phase === "failed") {
    return (
      <p role="alert" className="text-danger text-sm">
        {errorTitle(item.errorCode ?? "internal", locale)}
      </p>
    );
  }
  const parts = [t(`phase.${phase}`)];
  if (phase === "uploading" || phase === "paused" || phase === "offline") {
    parts[0] = `${phase === "uploading" ? "" : `${t(`phase.${phase}`)} · `}${Math.floor(percent)} %`;
  }
  if (phase === "uploading" && progress.bytesPerSecond) {
    parts.push(quantities.speed(progress.bytesPerSecond));
  }
  if (phase === "uploading" && progress.msLeft !== null) {
    parts.push(quantities.timeLeft(progress.msLeft));
  }
  return <p className="text-ink-muted text-sm tabular-nums">{parts.join(" · ")}</p>;
}

function RowActions({ item, commands }: Pick<UploadRowProps, "item" | "commands">) {
  const t = useTranslations("studio.upload");
  const { id, phase } = item;
  if (phase === "done" || (phase === "failed" && !item.canRetry)) {
    return (
      <>
        {phase === "done" && item.videoId ? (
          <ButtonLink size="sm" href={routes.video(item.videoId)}>
            {t("open")}
          </ButtonLink>
        ) : null}
        <IconButton
          size="sm"
          label={t("dismiss", { name: item.fileName })}
          onClick={() => commands.dismiss(id)}
        >
          <X aria-hidden="true" />
        </IconButton>
      </>
    );
  }
  return (
    <>
      {phase === "needs_file" ? (
        <FileButton
          size="sm"
          multiple={false}
          inputLabel={t("pickAgain", { name: item.fileName })}
          onFiles={([picked]) => {
            if (!picked) return;
            void commands.attachFile(id, picked).then((same) => {
              if (!same) toast.error(t("otherFile", { name: item.fileName }));
            });
          }}
        >
          {t("continue")}
        </FileButton>
      ) : null}
      {phase === "failed" ? (
        <Button size="sm" onClick={() => commands.resume(id)}>
          <RotateCcw aria-hidden="true" />
          {t("retry")}
        </Button>
      ) : null}
      {phase === "uploading" || phase === "queued" || phase === "offline" ? (
        <IconButton
          size="sm"
          label={t("pause", { name: item.fileName })}
          onClick={() => commands.pause(id)}
        >
          <Pause aria-hidden="true" />
        </IconButton>
      ) : null}
      {phase === "paused" ? (
        <IconButton
          size="sm"
          label={t("resume", { name: item.fileName })}
          onClick={() => commands.resume(id)}
        >
          <Play aria-hidden="true" />
        </IconButton>
      ) : null}
      {phase === "finishing" ? null : <CancelUpload item={item} commands={commands} />}
    </>
  );
}

function CancelUpload({ item, commands }: Pick<UploadRowProps, "item" | "commands">) {
  const t = useTranslations("studio.upload");
  const [asking, setAsking] = useState(false);
  return (
    <ConfirmDialog
      open={asking}
      onOpenChange={setAsking}
      title={t("cancelTitle")}
      description={t("cancelDescription", { name: item.fileName })}
      cancelLabel={t("cancelKeep")}
      confirmLabel={t("cancelConfirm")}
      onConfirm={() => {
        setAsking(false);
        void commands.cancel(item.id);
      }}
      trigger={
        <IconButton size="sm" label={t("cancel", { name: item.fileName })}>
          <X aria-hidden="true" />
        </IconButton>
      }
    />
  );
}
