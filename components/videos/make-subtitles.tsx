"use client";

import { Captions } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/jobs/job-actions";
import { PriceSkeleton, PriceSummary, TopUpOffer } from "@/components/jobs/price-summary";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { LanguageCombobox } from "@/components/upload/language-combobox";
import { SpeechNotice } from "@/components/upload/speech-notice";
import { routes } from "@/lib/client/routes";
import { createJob } from "@/lib/client/use-jobs";
import { useQuote } from "@/lib/client/use-quote";
import { useUploadOptions } from "@/lib/client/use-uploads";
import { newId } from "@/lib/ids";
import type { VideoView } from "@/lib/videos/schema";

interface MakeSubtitlesProps {
  video: VideoView;
  onChanged: () => void;
  /** Beside something louder. */
  quiet?: boolean;
  again?: boolean;
}

/** Chooses the spoken language, says what subtitles cost, and starts them. */
export function MakeSubtitles({
  video,
  onChanged,
  quiet = false,
  again = false,
}: MakeSubtitlesProps) {
  const t = useTranslations("studio.video");
  const { language, setLanguage } = useUploadOptions();
  const errorText = useErrorText();
  const { quote, error, reload } = useQuote({ videoId: video.id });
  const action = useStart(video, language, { onChanged, onFailed: reload });
  const waiting = error?.code === "not_ready";
  return (
    <div className="flex flex-col gap-4">
      <SpeechNotice />
      <Field id="spoken-language" label={t("spokenLanguage")}>
        {({ id }) => (
          <LanguageCombobox
            id={id}
            value={language}
            onValueChange={setLanguage}
            className="w-full"
          />
        )}
      </Field>
      {error ? (
        <p role="status" className="text-ink-muted text-sm">
          {waiting ? t("priceLater") : errorText(error)}
        </p>
      ) : quote ? (
        <PriceSummary quote={quote} />
      ) : (
        <PriceSkeleton />
      )}
      {quote && !quote.affordable ? (
        <TopUpOffer quote={quote} back={routes.video(video.id)} />
      ) : (
        <Button
          variant={quiet ? "secondary" : "accent"}
          disabled={!quote}
          pending={action.pending}
          onClick={() => quote && action.run(quote.total)}
        >
          {action.pending ? null : <Captions aria-hidden="true" />}
          {quote
            ? t(again || quiet ? "makeAgainFor" : "makeFor", { count: quote.total })
            : t(again || quiet ? "makeAgain" : "make")}
        </Button>
      )}
    </div>
  );
}

function useStart(
  video: VideoView,
  language: string,
  after: { onChanged: () => void; onFailed: () => void },
) {
  const t = useTranslations("studio.video");
  const [idempotencyKey, setIdempotencyKey] = useState(newId);
  return useAction(async (maxCredits: number) => {
    try {
      const { credits } = await createJob({
        videoId: video.id,
        language,
        idempotencyKey,
        maxCredits,
      });
      setIdempotencyKey(newId());
      toast.success(t("startedFor", { count: credits.held }));
      after.onChanged();
    } catch (error) {
      after.onFailed();
      throw error;
    }
  });
}
