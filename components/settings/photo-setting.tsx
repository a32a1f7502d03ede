"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Avatar } from "@/components/account/avatar";
import { useAction } from "@/components/jobs/job-actions";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import type { AccountView } from "@/lib/accounts/schema";
import { removePhoto } from "@/lib/client/use-account";
import { errorTitle } from "@/lib/errors";
import { type ChosenPhoto, openPhoto, type PhotoProblem, photoTypes } from "./open-photo";
import { PhotoDialog } from "./photo-dialog";

/** The photo as others would see it, and how to change it. */
export function PhotoSetting({ account }: { account: AccountView }) {
  const t = useTranslations("settings.profile.photo");
  const locale = useLocale();
  const input = useRef<HTMLInputElement>(null);
  const { chosen, problem, open, close } = useChosenPhoto();
  const removal = useAction(async () => {
    await removePhoto();
    toast.success(t("removed"));
  });
  return (
    <div className="flex items-center gap-4 px-4 py-4">
      <Avatar name={account.name} photoUrl={account.photoUrl} className="size-16 text-xl" />
      <div className="flex min-w-0 flex-col gap-1.5">
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => input.current?.click()}>
            {account.photoUrl ? t("change") : t("choose")}
          </Button>
          {account.photoUrl ? (
            <Button variant="quiet" pending={removal.pending} onClick={removal.run}>
              {t("remove")}
            </Button>
          ) : null}
        </div>
        <p role="alert" className="text-danger text-sm empty:hidden">
          {problem === "unreadable" ? errorTitle("photo_unreadable", locale) : null}
          {problem === "tooLarge" || problem === "tooSmall" ? t(problem) : null}
        </p>
        <p className="text-ink-muted text-sm">{t("hint")}</p>
      </div>
      <input
        ref={input}
        type="file"
        aria-label={t("file")}
        accept={photoTypes.join(",")}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again.
          event.target.value = "";
          if (file) void open(file);
        }}
      />
      {chosen ? (
        <PhotoDialog
          photo={chosen}
          onClose={close}
          onSaved={() => {
            close();
            toast.success(t("saved"));
          }}
        />
      ) : null}
    </div>
  );
}

/** The picture that is being cropped, or why the one that was chosen won't do. */
function useChosenPhoto() {
  const [chosen, setChosen] = useState<ChosenPhoto | null>(null);
  const [problem, setProblem] = useState<PhotoProblem | null>(null);
  const open = async (file: File) => {
    setProblem(null);
    const opened = await openPhoto(file);
    if (typeof opened === "string") setProblem(opened);
    else setChosen(opened);
  };
  const close = () => {
    if (chosen) URL.revokeObjectURL(chosen.url);
    setChosen(null);
  };
  return { chosen, problem, open, close };
}
