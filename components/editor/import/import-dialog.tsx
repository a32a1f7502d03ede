"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/jobs/job-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { RequestError } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { useTakingBack } from "@/components/versions/use-restoring";
import { ApiError } from "@/lib/client/api";
import { type ImportTarget, importFile, useImportPreview } from "@/lib/client/use-files";
import { useSaveState } from "@/lib/client/use-track";
import { targetName } from "@/lib/translation/targets";
import { useEditor } from "../editor-context";
import { FilePlace } from "./file-place";
import { ImportFindings, ImportSkeleton } from "./import-findings";
import { ImportWay } from "./import-way";
import { firstFreeLanguage } from "./new-language";

/** Brings a subtitle file: shows what it holds and would change before anything is replaced. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("files.import");
  const common = useTranslations("common");
  const { track, video, tracks } = useEditor();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<ImportTarget["kind"]>("replace");
  const [language, setLanguage] = useState(() =>
    firstFreeLanguage(tracks.map((one) => one.language)),
  );
  const [fileLanguage, setFileLanguage] = useState<string>();
  const target: ImportTarget = {
    ...(kind === "replace" ? { kind, trackId: track.id } : { kind, videoId: video.id, language }),
    ...(fileLanguage !== undefined && { fileLanguage }),
  };
  const { preview, error, reading, again } = useImportPreview(file, target);
  const take = useTake({ file, target, revision: preview?.revision ?? null, again, onClose });
  const choose = (next: File | null) => {
    setFile(next);
    setFileLanguage(undefined);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      closeLabel={common("close")}
      className="sm:max-w-2xl"
      footer={
        file ? (
          <>
            <Button onClick={() => choose(null)}>{t("another")}</Button>
            <Button
              variant="primary"
              pending={take.pending}
              disabled={!preview || preview.cues === 0 || take.held}
              onClick={() => take.run()}
            >
              {kind === "replace" ? t("doReplace") : t("doAdd")}
            </Button>
          </>
        ) : null
      }
    >
      {file === null ? (
        <FilePlace onFile={choose} />
      ) : (
        <div className="flex flex-col gap-5">
          <ImportWay
            kind={kind}
            onKind={setKind}
            language={language}
            onLanguage={setLanguage}
            taken={tracks.map((one) => one.language)}
          />
          {error ? (
            <RequestError error={error} title={file.name} onRetry={again} className="py-8" />
          ) : preview && !reading ? (
            <ImportFindings
              file={file}
              preview={preview}
              fileLanguage={fileLanguage}
              onFileLanguage={setFileLanguage}
            />
          ) : (
            <ImportSkeleton label={t("reading")} />
          )}
          {take.held ? <p className="text-sm text-warning">{t("unsent")}</p> : null}
        </div>
      )}
    </Dialog>
  );
}

/** Takes the file in; a track that has changed since it was compared is compared again. */
function useTake(options: {
  file: File | null;
  target: ImportTarget;
  revision: number | null;
  again: () => void;
  onClose: () => void;
}) {
  const { file, target, revision, again, onClose } = options;
  const t = useTranslations("files.import");
  const locale = useLocale();
  const { session, reread, openTrack } = useEditor();
  const { unsent } = useSaveState(session);
  const takingBack = useTakingBack();
  const action = useAction(async () => {
    if (!file) return;
    try {
      const done = await importFile(file, target, revision);
      if (target.kind === "replace") {
        reread();
        const version = done.kept ?? 0;
        toast.success(t("replaced", { version }), {
          ...(version > 0 && { action: takingBack(version) }),
        });
      } else {
        openTrack(done.trackId);
        toast.success(t("addedLanguage", { language: targetName(target.language, locale) }));
      }
      onClose();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "conflict") throw error;
      again();
      toast.error(t("stale"));
    }
  });
  return { ...action, held: target.kind === "replace" && unsent > 0 };
}
