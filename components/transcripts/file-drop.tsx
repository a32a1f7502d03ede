"use client";

import { CircleAlert, FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";

const accepted =
  ".txt,.srt,.vtt,.ass,.ssa,.smi,.sbv,.ttml,text/plain,text/vtt,application/x-subrip";

interface FileDropProps {
  pending: boolean;
  /** Why the last file wasn't taken. */
  problem: string | null;
  onFile: (file: File) => void;
}

/** Takes one file: dropped here, or chosen. */
export function FileDrop({ pending, problem, onFile }: FileDropProps) {
  const t = useTranslations("transcript");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
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
        {pending ? (
          <p role="status" className="flex items-center gap-2 text-ink-muted">
            <Spinner />
            {t("reading")}
          </p>
        ) : (
          <>
            <FileText aria-hidden="true" strokeWidth={1.5} className="size-7 text-ink-faint" />
            <p className="font-medium">
              {over ? (
                t("dropNow")
              ) : (
                <>
                  <span className="pointer-coarse:hidden">{t("drop")}</span>
                  <span className="hidden pointer-coarse:inline">{t("dropTouch")}</span>
                </>
              )}
            </p>
            <Button onClick={() => input.current?.click()}>{t("choose")}</Button>
            <p className="text-ink-muted text-sm">{t("formats")}</p>
          </>
        )}
      </div>
      {problem ? (
        <p role="alert" className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {problem}
        </p>
      ) : null}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("file")}
        accept={accepted}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again.
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </div>
  );
}
