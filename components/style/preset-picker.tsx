"use client";

import { BookmarkPlus, Ellipsis, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useErrorText } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import {
  changeStylePreset,
  removeStylePreset,
  useStylePresets,
} from "@/lib/client/use-style-presets";
import type { StylePresetView } from "@/lib/style-presets/schema";
import { sameStyle, stylePresetNames } from "@/lib/subtitles/style";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import { PresetDialog } from "./preset-dialog";
import { StyleSample } from "./style-sample";
import { presetOn } from "./styles-together";
import type { Styling } from "./use-styling";

/** Looks to begin with: those that come with the product, and a person's own. */
export function PresetPicker({ styling }: { styling: Styling }) {
  const t = useTranslations("style.presets");
  const { style, mixed, picture, readOnly, apply } = styling;
  const uniform = mixed.size === 0;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">{t("title")}</h3>
      <div className="grid grid-cols-3 gap-1.5">
        {stylePresetNames.map((name) => {
          const preset = presetOn(name, picture);
          return (
            <PresetButton
              key={name}
              name={t(`names.${name}`)}
              style={preset}
              current={uniform && sameStyle(style, preset)}
              disabled={readOnly}
              onApply={() => apply(preset)}
            />
          );
        })}
      </div>
      <OwnPresets styling={styling} />
    </section>
  );
}

interface PresetButtonProps {
  name: string;
  style: SubtitleStyle;
  current: boolean;
  disabled: boolean;
  onApply: () => void;
}

function PresetButton({ name, style, current, disabled, onApply }: PresetButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={current}
      disabled={disabled}
      onClick={onApply}
      className="flex min-w-0 flex-col overflow-hidden rounded-base border border-control-line text-left transition-colors hover:border-ink-muted disabled:opacity-60 aria-pressed:border-accent aria-pressed:ring-1 aria-pressed:ring-accent"
    >
      <StyleSample style={style} className="h-10 w-full" />
      <span className="w-full truncate px-1.5 py-1 text-center text-xs">{name}</span>
    </button>
  );
}

function OwnPresets({ styling }: { styling: Styling }) {
  const t = useTranslations("style.presets");
  const errorText = useErrorText();
  const { presets, error, reload } = useStylePresets();
  const [dialog, setDialog] = useState<StylePresetView | "new" | null>(null);
  const { style, mixed, readOnly, apply } = styling;
  return (
    <>
      {presets && presets.length > 0 ? (
        <ul aria-label={t("own")} className="flex flex-col gap-1">
          {presets.map((preset) => (
            <li key={preset.id} className="flex items-center gap-1">
              <button
                type="button"
                disabled={readOnly}
                aria-pressed={mixed.size === 0 && sameStyle(style, preset.style)}
                onClick={() => apply(preset.style)}
                className="flex min-w-0 flex-1 items-center gap-2 overflow-hidden rounded-base border border-control-line text-left text-sm hover:border-ink-muted disabled:opacity-60 aria-pressed:border-accent aria-pressed:ring-1 aria-pressed:ring-accent"
              >
                <StyleSample style={preset.style} className="h-8 w-16 shrink-0" />
                <span className="min-w-0 flex-1 truncate pr-2">{preset.name}</span>
              </button>
              <PresetMenu preset={preset} styling={styling} onRename={() => setDialog(preset)} />
            </li>
          ))}
        </ul>
      ) : null}
      {error && !presets ? (
        <p className="flex items-center gap-2 text-danger text-sm">
          <span className="min-w-0 flex-1">{errorText(error)}</span>
          <Button size="sm" onClick={reload}>
            {t("retry")}
          </Button>
        </p>
      ) : presets ? (
        <Button
          size="sm"
          variant="quiet"
          className="self-start"
          disabled={mixed.size > 0}
          onClick={() => setDialog("new")}
        >
          <BookmarkPlus aria-hidden="true" />
          {t("save")}
        </Button>
      ) : (
        <Skeleton className="h-8" />
      )}
      {dialog === null ? null : (
        <PresetDialog
          style={style}
          {...(dialog !== "new" && { preset: dialog })}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

interface PresetMenuProps {
  preset: StylePresetView;
  styling: Styling;
  onRename: () => void;
}

function PresetMenu({ preset, styling, onRename }: PresetMenuProps) {
  const t = useTranslations("style.presets");
  const errorText = useErrorText();
  const change = async (work: () => Promise<void>, done: string) => {
    try {
      await work();
      toast.success(done);
    } catch (error) {
      toast.error(errorText(error instanceof ApiError ? error : new ApiError("internal")));
    }
  };
  const { id, name } = preset;
  return (
    <Menu
      trigger={
        <IconButton label={t("menu", { name })} size="sm">
          <Ellipsis aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuItem onClick={onRename}>
        <Pencil aria-hidden="true" />
        {t("rename")}
      </MenuItem>
      <MenuItem
        disabled={styling.mixed.size > 0}
        onClick={() =>
          change(() => changeStylePreset(id, { style: styling.style }), t("updated", { name }))
        }
      >
        <RefreshCw aria-hidden="true" />
        {t("update")}
      </MenuItem>
      <MenuItem
        tone="danger"
        onClick={() => change(() => removeStylePreset(id), t("removed", { name }))}
      >
        <Trash2 aria-hidden="true" />
        {t("remove")}
      </MenuItem>
    </Menu>
  );
}
