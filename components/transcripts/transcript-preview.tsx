"use client";

import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { plainText } from "@/lib/subtitles/markup";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { TranscriptView } from "@/lib/transcripts/schema";

/** So many lines and warnings are shown; the rest is counted. */
const shownLines = 8;
const shownWarnings = 5;

/** What was read of a file: its first lines, and what needs a look. */
export function TranscriptPreview({ transcript }: { transcript: TranscriptView }) {
  const t = useTranslations("transcript");
  const { fileName, lines } = transcript;
  const timed = lines.some(({ startMs }) => startMs !== undefined);
  const left = lines.length - shownLines;
  return (
    <div className="flex flex-col gap-3 pt-1">
      <p className="flex flex-wrap items-center gap-x-2">
        <FileText aria-hidden="true" className="size-4 text-ink-muted" />
        <span className="min-w-0 break-all font-medium">{fileName}</span>
        <span className="text-ink-muted text-sm tabular-nums">
          {t(timed ? "timed" : "lines", { count: lines.length })}
        </span>
      </p>
      <Warnings transcript={transcript} />
      <section aria-label={t("preview")} className="rounded-base border">
        <ol>
          {lines.slice(0, shownLines).map((line, index) => (
            <li
              // Lines may be alike; their place is what they are known by.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={index}
              className="flex gap-3 border-b px-3 py-1.5 last:border-b-0"
            >
              {line.startMs === undefined ? null : (
                <span className="shrink-0 text-ink-muted text-sm tabular-nums leading-5.5">
                  {formatPreciseClock(line.startMs)}
                </span>
              )}
              <span className="whitespace-pre-line">
                {line.speaker ? <span className="text-ink-muted">{line.speaker}: </span> : null}
                {plainText(line.text)}
              </span>
            </li>
          ))}
        </ol>
        {left > 0 ? (
          <p className="border-t px-3 py-1.5 text-ink-muted text-sm tabular-nums">
            {t("previewMore", { count: left })}
          </p>
        ) : null}
      </section>
    </div>
  );
}

function Warnings({ transcript: { warnings } }: { transcript: TranscriptView }) {
  const t = useTranslations("transcript");
  if (warnings.length === 0) return null;
  const left = warnings.length - shownWarnings;
  return (
    <Notice tone="warning" className="text-sm">
      <p className="font-medium">{t("warnings", { count: warnings.length })}</p>
      <ul>
        {warnings.slice(0, shownWarnings).map(({ line, message }) => (
          <li key={`${line}-${message}`}>
            {line > 0 ? `${t("warningLine", { line })}: ` : null}
            {message}
          </li>
        ))}
      </ul>
      {left > 0 ? <p>{t("more", { count: left })}</p> : null}
    </Notice>
  );
}
