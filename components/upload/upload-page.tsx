"use client";

import { FolderOpen, SlidersHorizontal, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ChoiceSummary } from "@/components/options/choice-summary";
import { OptionFields } from "@/components/options/option-fields";
import { type ChoiceState, useLastingChoice } from "@/components/options/use-order-choice";
import { Button } from "@/components/ui/button";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { PickedFile } from "@/lib/client/uploader";
import { useUploads } from "@/lib/client/use-uploads";
import { DropTarget } from "./drop-target";
import { FileButton } from "./file-button";
import { pledgedBeside } from "./pledged";
import { SpeechNotice } from "./speech-notice";
import { UploadRow } from "./upload-row";

/**
 * Files in, with what should become of them.
 * @param props `limits`: what may be uploaded, where it isn't what an account may
 */
export function UploadPage({ limits }: { limits?: string | undefined }) {
  const t = useTranslations("studio.upload");
  const choice = useLastingChoice();
  const { uploads, add, ...commands } = useUploads();
  const start = (files: PickedFile[]) => void add(files);
  return (
    <PageFrame width="text">
      <PageHeader title={t("title")} description={t("description")} />
      <div className="flex flex-col gap-4">
        <SpeechNotice />
        <Panel>
          <FileDefaults state={choice} />
          <div className="flex flex-col items-center gap-4 px-4 py-12 text-center sm:py-16">
            <Upload aria-hidden="true" strokeWidth={1.5} className="size-9 text-ink-faint" />
            <div className="flex flex-col gap-1">
              <p className="font-semibold text-lg">
                <span className="pointer-coarse:hidden">{t("dropHere")}</span>
                <span className="pointer-fine:hidden">{t("chooseHere")}</span>
              </p>
              <p className="text-ink-muted">{limits ?? t("limits")}</p>
            </div>
            <FileButton variant="accent" size="lg" inputLabel={t("choose")} onFiles={start}>
              <FolderOpen aria-hidden="true" />
              {t("choose")}
            </FileButton>
          </div>
        </Panel>
        {uploads.length > 0 ? (
          <Panel aria-label={t("list")}>
            <PanelHeader title={t("list")}>
              <span className="text-ink-muted text-sm tabular-nums">
                {t("count", { count: uploads.length })}
              </span>
            </PanelHeader>
            <ul>
              {uploads.map((item) => (
                <UploadRow
                  key={item.id}
                  item={item}
                  pledged={pledgedBeside(item, uploads)}
                  commands={commands}
                />
              ))}
            </ul>
          </Panel>
        ) : null}
      </div>
      <DropTarget onFiles={start} />
    </PageFrame>
  );
}

/** What the subtitles of every file on the list are made with, unless a file says otherwise. */
function FileDefaults({ state }: { state: ChoiceState }) {
  const t = useTranslations("studio.upload");
  const options = useTranslations("options.upload");
  const [open, setOpen] = useState(false);
  return (
    <div className="flex flex-col gap-4 border-b p-4">
      <p className="text-ink-muted">{t("freeToUpload")}</p>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-wrap gap-x-2">
          <span className="text-ink-muted">{options("title")}</span>
          {state.ready ? (
            <ChoiceSummary choice={state.choice} className="font-medium" />
          ) : (
            <Skeleton className="h-5 w-24" />
          )}
        </div>
        <Button
          aria-expanded={open}
          aria-label={options("changeAll")}
          onClick={() => setOpen(!open)}
        >
          <SlidersHorizontal aria-hidden="true" />
          {open ? options("close") : options("change")}
        </Button>
      </div>
      {open ? (
        <div className="max-w-md">
          <OptionFields id="upload-all" kind="caption" state={state} lasting />
        </div>
      ) : null}
    </div>
  );
}

/** The upload page before its options are known. */
export function UploadPageSkeleton() {
  const t = useTranslations("studio.upload");
  return (
    <PageFrame width="text">
      <PageHeader title={t("title")} description={t("description")} />
      <Panel>
        <div className="flex items-center justify-between gap-8 border-b p-4">
          <Skeleton className="h-9 w-64" />
          <Skeleton className="h-9 w-40" />
        </div>
        <PanelBody className="flex justify-center py-16">
          <Skeleton className="h-40 w-72" />
        </PanelBody>
      </Panel>
    </PageFrame>
  );
}
