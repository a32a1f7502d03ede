"use client";

import { Popover } from "@base-ui/react/popover";
import { Download, FileVideo } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { cn } from "@/components/ui/cn";
import { popupStyle } from "@/components/ui/popup-style";
import { Segmented } from "@/components/ui/segmented";
import { Switch } from "@/components/ui/switch";
import type { EditQueue } from "@/lib/client/edits/edit-queue";
import { useStored } from "@/lib/client/use-stored";
import type { ExportQuery } from "@/lib/tracks/export-schema";

const formats = ["srt", "vtt", "ass"] as const;
const lineEnds = ["lf", "crlf"] as const;
const boms = ["0", "1"] as const;

const oneOf =
  <Value extends string>(values: readonly Value[]) =>
  (value: string): value is Value =>
    values.some((known) => known === value);
const isFormat = oneOf(formats);
const isLineEnd = oneOf(lineEnds);
const isBom = oneOf(boms);

/** Address of a subtitle file. */
function exportUrl(trackId: string, { speakers, ...always }: ExportQuery): string {
  const query = new URLSearchParams({ ...always, ...(speakers && { speakers }) });
  return `/api/v1/tracks/${encodeURIComponent(trackId)}/export?${query}`;
}

interface ExportMenuProps {
  trackId: string;
  queue: EditQueue;
  originalUrl: string | null;
  /** Some cues say who speaks. */
  spoken: boolean;
}

/** Takes the subtitles home: format, options that are remembered, and the original video. */
export function ExportMenu({ trackId, queue, originalUrl, spoken }: ExportMenuProps) {
  const t = useTranslations("studio.export");
  const speakerText = useTranslations("speakers");
  const [format, setFormat] = useStored("export.format", "srt", isFormat);
  const [lineEnd, setLineEnd] = useStored("export.lineEnd", "lf", isLineEnd);
  const [bom, setBom] = useStored("export.bom", "0", isBom);
  // Part of the text in SRT, apart from it in the others: two habits.
  const [inText, setInText] = useStored("export.speakersInText", "0", isBom);
  const [apart, setApart] = useStored("export.speakersApart", "1", isBom);
  const [speakers, setSpeakers] = format === "srt" ? [inText, setInText] : [apart, setApart];
  const { unsent } = useSyncExternalStore(queue.subscribe, queue.getState, queue.getState);
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <Button variant="accent">
            <Download aria-hidden="true" />
            {t("open")}
          </Button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-50">
          <Popover.Popup className={cn(popupStyle, "w-80 max-w-[calc(100vw-1rem)] p-4")}>
            <Popover.Title className="font-semibold">{t("title")}</Popover.Title>
            <div className="mt-3 flex flex-col gap-3">
              <div className="flex flex-col gap-1.5">
                <Segmented
                  label={t("format")}
                  name="export-format"
                  value={format}
                  onValueChange={setFormat}
                  segments={formats.map((value) => ({ value, label: value.toUpperCase() }))}
                  className="w-full [&>label]:flex-1"
                />
                <p className="text-ink-muted text-sm">{t(`formats.${format}`)}</p>
              </div>
              <div className="flex items-center justify-between gap-4">
                <span>{t("lineEnds")}</span>
                <Segmented
                  label={t("lineEnds")}
                  name="export-line-ends"
                  value={lineEnd}
                  onValueChange={setLineEnd}
                  segments={[
                    { value: "lf", label: "LF" },
                    { value: "crlf", label: "CRLF" },
                  ]}
                />
              </div>
              <Switch
                label={t("bom")}
                hint={t("bomHint")}
                checked={bom === "1"}
                onCheckedChange={(on) => setBom(on ? "1" : "0")}
              />
              {spoken ? (
                <Switch
                  label={speakerText("inFile")}
                  hint={speakerText(`inFileHint.${format}`)}
                  checked={speakers === "1"}
                  onCheckedChange={(on) => setSpeakers(on ? "1" : "0")}
                />
              ) : null}
              {unsent > 0 ? (
                <p className="text-sm text-warning">{t("unsent", { count: unsent })}</p>
              ) : null}
              <a
                href={exportUrl(trackId, { format, bom, lineEnd, ...(spoken && { speakers }) })}
                download
                className={buttonStyle({ variant: "accent" })}
              >
                <Download aria-hidden="true" />
                {t("download", { format: format.toUpperCase() })}
              </a>
              {originalUrl ? (
                <a href={originalUrl} download className={buttonStyle({ variant: "quiet" })}>
                  <FileVideo aria-hidden="true" />
                  {t("original")}
                </a>
              ) : null}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
