"use client";

import { useTranslations } from "next-intl";
import { useEditor } from "@/components/editor/editor-context";
import { NameDialog } from "@/components/ui/name-dialog";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { nameVersion, renameVersion } from "@/lib/client/use-versions";
import { maxVersionName } from "@/lib/tracks/limits";
import { useUnsent } from "./use-present";

interface VersionNameDialogProps {
  /** The version to rename; left out: the present is kept as one. */
  version?: { number: number; name: string };
  onClose: () => void;
}

/** Gives a version a name: the present, or one that is there. */
export function VersionNameDialog({ version, onClose }: VersionNameDialogProps) {
  const { session } = useEditor();
  const t = useTranslations("versions");
  const errorText = useErrorText();
  // The present on the server isn't what is on the screen while edits are on their way.
  const waiting = useUnsent(session) > 0 && !version;
  return (
    <NameDialog
      title={version ? t("name.title") : t("name.add")}
      label={t("name.label")}
      name={version?.name}
      placeholder={t("name.placeholder")}
      maxLength={maxVersionName}
      saveLabel={t("name.save")}
      missing={t("name.missing")}
      waiting={waiting ? t("unsent") : undefined}
      onSave={async (name) => {
        if (version) await renameVersion(session.trackId, version.number, name);
        else await nameVersion(session.trackId, name);
        toast.success(version ? t("name.renamed") : t("name.saved", { name }));
      }}
      problemOf={(error) => errorText(error instanceof ApiError ? error : new ApiError("internal"))}
      onClose={onClose}
    />
  );
}
