"use client";

import { CircleAlert, FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useQuantities } from "@/lib/client/use-quantities";
import { maxSubtitleFileBytes } from "@/lib/subtitles/formats/limits";

const accepted =
  ".srt,.vtt,.ass,.ssa,.smi,.sami,.sbv,.ttml,.dfxp,.itt,.xml,.json,.txt,text/plain,text/vtt";

/** Takes one file: dropped here, or chosen. */
export function FilePlace({ onFile }: { onFile: (file: File) => void }) {
  const t = useTranslations("files.import");
  const quantities = useQuantities();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const take = (file: File | undefined) => {
    if (!file) return;
    setTooLarge(file.size > maxSubtitleFileBytes);
    if (file.size <= maxSubtitleFileBytes) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div className="flex flex-col gap-2 pt-1">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "flex min-h-44 flex-col items-center justify-center gap-3 rounded-base border border-dashed p-6 text-center",
          over ? "border-accent bg-accent-soft" : "border-line-strong bg-sunken",
        )}
      >
        <FileUp aria-hidden="true" strokeWidth={1.5} className="size-7 text-ink-faint" />
        <p className="font-medium pointer-coarse:hidden">{over ? t("dropNow") : t("drop")}</p>
        <Button onClick={() => input.current?.click()}>{t("choose")}</Button>
        <p className="text-ink-muted text-sm">{t("chooseHint")}</p>
      </div>
      {tooLarge ? (
        <p role="alert" className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {t("tooLarge", { max: quantities.bytes(maxSubtitleFileBytes) })}
        </p>
      ) : null}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("file")}
        accept={accepted}
        onChange={(event) => {
          take(event.target.files?.[0]);
          // The same file may be chosen again.
          event.target.value = "";
        }}
      />
    </div>
  );
}
