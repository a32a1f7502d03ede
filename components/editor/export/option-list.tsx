"use client";

import { useTranslations } from "next-intl";
import { Segmented } from "@/components/ui/segmented";
import { Switch } from "@/components/ui/switch";
import type { ExportFormat } from "@/lib/tracks/export-formats";
import { customOf, type FileOptions, type OptionName, speakersPlace } from "./choice";

interface OptionListProps {
  names: readonly OptionName[];
  /** What the options are of: a format's own, or those of an archive. */
  format: ExportFormat | null;
  chosen: FileOptions;
  fps: number | null;
  onChange: (change: FileOptions) => void;
}

/** How a file is written, as far as it can be chosen. */
export function OptionList({ names, format, chosen, fps, onChange }: OptionListProps) {
  const t = useTranslations("files.export");
  if (names.length === 0) return null;
  const hints: Partial<Record<OptionName, string>> = {
    bom: t("bomHint"),
    frames: t("framesHint", { fps: fps === null ? "" : String(Math.round(fps * 1000) / 1000) }),
    looks: t("looksHint"),
    ...(format && { speakers: t(`speakersHint.${speakersPlace(format)}`) }),
  };
  return (
    <div className="flex flex-col gap-1">
      {names.map((name) => {
        if (name === "lineEnd" || name === "secondPlace") {
          const [first, second] =
            name === "lineEnd" ? (["lf", "crlf"] as const) : (["below", "above"] as const);
          const fallback = name === "lineEnd" && format === "csv" ? "crlf" : first;
          return (
            <div key={name} className="flex min-h-9 flex-wrap items-center justify-between gap-2">
              <span>{t(name)}</span>
              <Segmented
                label={t(name)}
                name={`export-${name}`}
                value={chosen[name] ?? fallback}
                onValueChange={(value) => onChange({ [name]: value })}
                segments={[
                  { value: first, label: t(first) },
                  { value: second, label: t(second) },
                ]}
              />
            </div>
          );
        }
        const hint = hints[name];
        return (
          <Switch
            key={name}
            label={t(name)}
            {...(hint && { hint })}
            checked={chosen[name] ?? (format ? customOf(name, format) : name === "looks")}
            onCheckedChange={(on) => onChange({ [name]: on })}
          />
        );
      })}
    </div>
  );
}
