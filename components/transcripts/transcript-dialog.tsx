"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { OrderForm } from "@/components/options/order-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FileDrop } from "@/components/ui/file-drop";
import { useErrorText } from "@/components/ui/request-error";
import { ApiError } from "@/lib/client/api";
import { importTranscript } from "@/lib/client/use-transcripts";
import type { JobView } from "@/lib/jobs/schema";
import { maxTranscriptBytes } from "@/lib/transcripts/limits";
import type { TranscriptView } from "@/lib/transcripts/schema";
import { TranscriptPreview } from "./transcript-preview";

const accepted =
  ".txt,.srt,.vtt,.ass,.ssa,.smi,.sbv,.ttml,text/plain,text/vtt,application/x-subrip";

interface TranscriptDialogProps {
  videoId: string;
  onClose: () => void;
  onOrdered: (job: JobView) => void;
}

/** "I already have the text": a file, a look at what was read, and the order to time it. */
export function TranscriptDialog({ videoId, onClose, onOrdered }: TranscriptDialogProps) {
  const t = useTranslations("transcript");
  const common = useTranslations("common");
  const [transcript, setTranscript] = useState<TranscriptView | null>(null);
  const reading = useReading(videoId, setTranscript);
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      className="sm:max-w-lg"
    >
      {transcript ? (
        <div className="flex flex-col gap-4">
          <TranscriptPreview transcript={transcript} />
          <p className="text-ink-muted text-sm">
            {t("unmatched")} {t("versionHint")}
          </p>
          <Button size="sm" className="self-start" onClick={() => setTranscript(null)}>
            {t("back")}
          </Button>
          <div className="border-t pt-4">
            <OrderForm
              subject={{ kind: "align", videoId, transcriptId: transcript.id }}
              onOrdered={(job) => {
                onClose();
                onOrdered(job);
              }}
            />
          </div>
        </div>
      ) : (
        <FileDrop
          accept={accepted}
          words={{
            ...{ field: t("file"), drop: t("drop"), dropNow: t("dropNow") },
            ...{ choose: t("choose"), formats: t("formats") },
          }}
          pending={reading.pending ? t("reading") : null}
          problem={reading.problem}
          onFile={reading.onFile}
        />
      )}
    </Dialog>
  );
}

/** Sends a file and takes what was read of it. */
function useReading(videoId: string, onRead: (transcript: TranscriptView) => void) {
  const t = useTranslations("transcript");
  const errorText = useErrorText();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (file: File) => {
    if (pending) return;
    if (file.size > maxTranscriptBytes) return setProblem(t("tooLarge"));
    setPending(true);
    setProblem(null);
    try {
      onRead(await importTranscript(videoId, file));
    } catch (error) {
      setProblem(errorText(error instanceof ApiError ? error : new ApiError("internal")));
    } finally {
      setPending(false);
    }
  };
  return { pending, problem, onFile: (file: File) => void read(file) };
}
