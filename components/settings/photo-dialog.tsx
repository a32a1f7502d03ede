"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useErrorText } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import type { PhotoCrop } from "@/lib/accounts/schema";
import { putPhoto } from "@/lib/client/use-account";
import type { ChosenPhoto } from "./open-photo";
import { useSaving } from "./use-saving";

/** Only who changes the photo needs the cropper's code. */
const PhotoCropper = dynamic(
  () => import("./photo-cropper").then(({ PhotoCropper }) => PhotoCropper),
  { ssr: false, loading: () => <Skeleton className="h-[calc(min(20rem,45dvh)+4.25rem)]" /> },
);

interface PhotoDialogProps {
  photo: ChosenPhoto;
  onSaved: () => void;
  onClose: () => void;
}

/** Which square of the chosen picture becomes the photo. */
export function PhotoDialog({ photo, onSaved, onClose }: PhotoDialogProps) {
  const t = useTranslations("settings.profile.photo");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const [crop, setCrop] = useState<PhotoCrop | null>(null);
  const { state, save } = useSaving();
  const submit = async () => {
    if (crop && (await save(() => putPhoto(photo.file, crop)))) onSaved();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("cropTitle")}
      description={t("cropDescription")}
      closeLabel={common("close")}
      // The cropper measures itself once: a dialog that grows would be measured too small.
      className="data-starting-style:scale-100"
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            disabled={!crop}
            pending={state.status === "saving"}
            onClick={() => void submit()}
          >
            {t("save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pt-2">
        <div role="alert" className="empty:hidden">
          {state.status === "failed" ? (
            <Notice tone="danger">{errorText(state.error)}</Notice>
          ) : null}
        </div>
        <PhotoCropper photo={photo} onCropChange={setCrop} />
      </div>
    </Dialog>
  );
}
