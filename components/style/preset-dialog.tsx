"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
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
  const common = useTranslations("common");
  const errorText = useErrorText();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(preset?.name ?? "");
  const [wrong, setWrong] = useState<string>();
  const [pending, setPending] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const name = typed.trim();
    if (pending) return;
    if (name === "") {
      setWrong(t("nameMissing"));
      field.current?.focus();
      return;
    }
    setPending(true);
    try {
      if (preset) await changeStylePreset(preset.id, { name });
      else await addStylePreset({ name, style });
      toast.success(t("saved", { name }));
      onClose();
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError("internal");
      setWrong(known.code === "limit_reached" ? t("full") : errorText(known));
      setPending(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={preset ? t("rename") : t("save")}
      closeLabel={common("close")}
      initialFocus={field}
    >
      <form onSubmit={save} noValidate className="flex flex-col gap-4 pt-1">
        <Field id="style-preset-name" label={t("name")} error={wrong}>
          {(control) => (
            <Input
              {...control}
              ref={field}
              value={typed}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => {
                setTyped(event.target.value);
                setWrong(undefined);
              }}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" variant="primary" pending={pending}>
            {t("nameSave")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
