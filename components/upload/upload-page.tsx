"use client";

import { FolderOpen, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { PickedFile } from "@/lib/client/uploader";
import { useUploadOptions, useUploads } from "@/lib/client/use-uploads";
import { DropTarget } from "./drop-target";
import { FileButton } from "./file-button";
import { LanguageCombobox } from "./language-combobox";
import { pledgedBeside } from "./pledged";
import { SpeechNotice } from "./speech-notice";
import { UploadRow } from "./upload-row";

/**
 * Files in, with what should become of them.
 * @param props `limits`: what may be uploaded, where it isn't what an account may
 */
export function UploadPage({ limits }: { limits?: string | undefined }) {
  const t = useTranslations("studio.upload");
  const options = useUploadOptions();
  const { uploads, add, ...commands } = useUploads();
  const start = (files: PickedFile[]) => void add(files, { language: options.language });
  return (
    <PageFrame width="text">
      <PageHeader title={t("title")} description={t("description")} />
      <div className="flex flex-col gap-4">
        <SpeechNotice />
        <Panel>
          <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 border-b p-4">
            <p className="text-ink-muted">{t("freeToUpload")}</p>
            <div className="flex items-center justify-between gap-3 max-sm:w-full">
              <span aria-hidden="true">{t("language")}</span>
              <LanguageCombobox
                label={t("language")}
                value={options.language}
                onValueChange={options.setLanguage}
              />
            </div>
          </div>
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
