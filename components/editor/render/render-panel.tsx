"use client";

import { Film } from "lucide-react";
import { useTranslations } from "next-intl";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { useRenders } from "@/lib/client/use-renders";
import { useTrackChanged } from "@/lib/client/use-track-events";
import { maxKeptOfVideo, renderKeptMs } from "@/lib/renders/limits";
import { useEditor } from "../editor-context";
import { RenderForm } from "./render-form";
import { RenderItem } from "./render-item";

/** Makes a video with the subtitles in its picture, and takes home what was made. */
export function RenderPanel() {
  const { video, session } = useEditor();
  const t = useTranslations("renders");
  const { answer, error, reload } = useRenders(video.id);
  useTrackChanged(session, (what) => {
    if (what === "renders") reload();
  });
  if (!answer) {
    if (error?.code === "forbidden") return <p className="text-ink-muted">{t("viewer")}</p>;
    if (error) {
      return (
        <RequestError error={error} title={t("loadFailed")} onRetry={reload} className="py-8" />
      );
    }
    return (
      <div aria-hidden="true" className="flex flex-col gap-3">
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
        <Skeleton className="h-20" />
      </div>
    );
  }
  const { renders, available, mayOrder } = answer;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-muted">
        {t("about")} {t("kept", { count: maxKeptOfVideo, days: renderKeptMs / 86_400_000 })}
      </p>
      {available ? null : <p className="text-sm text-warning">{t("unavailable")}</p>}
      {mayOrder ? (
        <RenderForm renders={renders} available={available} />
      ) : (
        <p className="text-ink-muted text-sm">{t("notYours")}</p>
      )}
      {renders.length > 0 ? (
        <ul aria-label={t("list")} className="flex flex-col gap-2">
          {renders.map((render) => (
            <RenderItem key={render.id} render={render} mayRemove={mayOrder} />
          ))}
        </ul>
      ) : mayOrder && available ? null : (
        <p className="flex items-center gap-2 text-ink-muted text-sm">
          <Film aria-hidden="true" className="size-4 shrink-0" />
          {t("none")}
        </p>
      )}
    </div>
  );
}
