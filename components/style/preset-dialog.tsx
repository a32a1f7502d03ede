"use client";

import { useTranslations } from "next-intl";
import { NameDialog } from "@/components/ui/name-dialog";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { addStylePreset, changeStylePreset } from "@/lib/client/use-style-presets";
import type { StylePresetView } from "@/lib/style-presets/schema";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";

interface PresetDialogProps {
  /** The look to keep. */
  style: SubtitleStyle;
  /** The kept look to rename; left out: a new one. */
  preset?: StylePresetView;
  onClose: () => void;
}

/** Keeps a look under a name, or gives one another name. */
export function PresetDialog({ style, preset, onClose }: PresetDialogProps) {
  const t = useTranslations("style.presets");
  const errorText = useErrorText();
  return (
    <NameDialog
      title={preset ? t("rename") : t("save")}
      label={t("name")}
      name={preset?.name}
      maxLength={60}
      saveLabel={t("nameSave")}
      missing={t("nameMissing")}
      onSave={async (name) => {
        if (preset) await changeStylePreset(preset.id, { name });
        else await addStylePreset({ name, style });
        toast.success(t("saved", { name }));
      }}
      problemOf={(error) => {
        const known = error instanceof ApiError ? error : new ApiError("internal");
        return known.code === "limit_reached" ? t("full") : errorText(known);
      }}
      onClose={onClose}
    />
  );
}
