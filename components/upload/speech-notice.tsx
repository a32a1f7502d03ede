"use client";

import { TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useCapabilities } from "@/lib/client/use-capabilities";
import { errorTitle } from "@/lib/errors";

/** Says how to get speech recognition where this installation has none. */
export function SpeechNotice() {
  const t = useTranslations("studio.upload");
  const locale = useLocale();
  const speech = useCapabilities()?.speech;
  if (!speech || speech.available) return null;
  return (
    <div role="status" className="flex gap-3 rounded-base bg-warning-soft p-4">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-semibold">{t("noSpeech")}</p>
        <p className="text-ink-muted">{errorTitle("speech_unavailable", locale)}</p>
        {speech.problem ? (
          <p className="font-mono text-ink-muted text-xs">{speech.problem}</p>
        ) : null}
      </div>
    </div>
  );
}
