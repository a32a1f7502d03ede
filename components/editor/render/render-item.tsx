"use client";

import { CircleAlert, Download, Trash2, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Progress } from "@/components/ui/progress";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { useQuantities } from "@/lib/client/use-quantities";
import { removeRender } from "@/lib/client/use-renders";
import { errorTitle } from "@/lib/errors";
import type { RenderView } from "@/lib/renders/schema";
import { isOpen } from "@/lib/renders/statuses";
import { targetName } from "@/lib/translation/targets";

/** A video that is made, or was. */
export function RenderItem({ render, mayRemove }: { render: RenderView; mayRemove: boolean }) {
  const t = useTranslations("renders");
  const locale = useLocale();
  const quantities = useQuantities();
  const { options, revision, status } = render;
  const open = isOpen(status);
  const height = options.height === "source" ? t("source") : `${options.height}p`;
  return (
    <li className="flex flex-col gap-2 rounded-base border p-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">
            {targetName(render.language, locale)} · {height} · {t(`qualities.${options.quality}`)}
          </p>
          <p className="text-ink-muted text-sm">
            {t("ordered", { time: quantities.exactTime(render.createdAt), revision })}
          </p>
        </div>
        {render.fileUrl ? (
          <a href={render.fileUrl} download className={buttonStyle({ size: "sm" })}>
            <Download aria-hidden="true" />
            {t("download")}
          </a>
        ) : null}
        {mayRemove ? <RemoveButton render={render} /> : null}
      </div>
      {open ? <Making render={render} /> : <Outcome render={render} />}
    </li>
  );
}

/** How far it is, and how long it still takes. */
function Making({ render: { status, progress, msLeft } }: { render: RenderView }) {
  const t = useTranslations("renders");
  const quantities = useQuantities();
  const left =
    status === "pending"
      ? t("waiting")
      : msLeft === null
        ? t("measuring")
        : quantities.timeLeft(msLeft);
  return (
    <div className="flex flex-col gap-1">
      <p className="flex justify-between gap-4 text-sm tabular-nums">
        <span>{progress} %</span>
        <span className="text-ink-muted">{left}</span>
      </p>
      <Progress value={progress} label={t("progress")} valueText={`${progress} %, ${left}`} />
    </div>
  );
}

function Outcome({ render }: { render: RenderView }) {
  const t = useTranslations("renders");
  const locale = useLocale();
  const quantities = useQuantities();
  const { status, errorCode, sizeBytes, sha256, expiresAt } = render;
  if (status !== "completed") {
    return (
      <p className="flex items-start gap-1.5 text-danger text-sm">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {errorTitle(errorCode ?? "internal", locale)}
      </p>
    );
  }
  if (!expiresAt) return <p className="text-ink-muted text-sm">{t("gone")}</p>;
  return (
    <div className="flex min-w-0 flex-col gap-0.5 text-ink-muted text-sm">
      <p>
        {sizeBytes === null ? null : `${quantities.bytes(sizeBytes)} · `}
        {t("until", { date: quantities.exactTime(expiresAt) })}
      </p>
      {sha256 ? (
        <code className="truncate font-mono text-xs" title={sha256}>
          SHA-256 {sha256}
        </code>
      ) : null}
    </div>
  );
}

function RemoveButton({ render }: { render: RenderView }) {
  const t = useTranslations("renders");
  const errorText = useErrorText();
  const [pending, setPending] = useState(false);
  const remove = async () => {
    setPending(true);
    try {
      await removeRender(render.videoId, render.id);
    } catch (error) {
      toast.error(errorText(error instanceof ApiError ? error : new ApiError("internal")));
      setPending(false);
    }
  };
  if (isOpen(render.status)) {
    return (
      <Button size="sm" pending={pending} onClick={() => void remove()}>
        <X aria-hidden="true" />
        {t("cancel")}
      </Button>
    );
  }
  return (
    <IconButton
      size="sm"
      label={t("remove")}
      aria-disabled={pending}
      onClick={() => pending || void remove()}
    >
      <Trash2 aria-hidden="true" />
    </IconButton>
  );
}
