"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown, Search } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { cn } from "@/components/ui/cn";
import { popupItemStyle, popupStyle } from "@/components/ui/popup-style";
import { normaliseLanguage, speechLanguages } from "@/lib/speech/languages";

interface LanguageComboboxProps {
  id?: string;
  /** Needed when no `Field` labels it. */
  label?: string;
  /** "auto" or a code. */
  value: string;
  onValueChange: (language: string) => void;
  /** What "auto" stands for here; left out: that the language is detected. */
  autoLabel?: string;
  className?: string;
}

interface LanguageOption {
  value: string;
  label: string;
  /** Everything it can be found by: both languages' names and the code. */
  words: string;
}

/** Offered before the alphabet begins: what most videos here are spoken in. */
const usual = ["ko", "en", "ja", "zh"];

function useOptions(autoLabel: string | undefined): LanguageOption[] {
  const t = useTranslations("studio.upload");
  const locale = useLocale();
  return useMemo(() => {
    const named = speechLanguages.map(({ code, ko, en }) => ({
      value: code,
      label: locale === "ko" ? ko : en,
      words: `${ko} ${en} ${code}`.toLowerCase(),
    }));
    const first = usual.flatMap((code) => named.filter((option) => option.value === code));
    const rest = named
      .filter((option) => !usual.includes(option.value))
      .sort((a, b) => a.label.localeCompare(b.label, locale));
    const auto = autoLabel ?? t("autoDetect");
    const words = `auto 자동 ${auto}`.toLowerCase();
    return [{ value: "auto", label: auto, words }, ...first, ...rest];
  }, [autoLabel, locale, t]);
}

/** The spoken language: found by its name in Korean or English, or left to be detected. */
export function LanguageCombobox({
  id,
  label,
  value,
  onValueChange,
  autoLabel,
  className,
}: LanguageComboboxProps) {
  const t = useTranslations("studio.upload");
  const options = useOptions(autoLabel);
  const known = value === "auto" || normaliseLanguage(value) === value ? value : "auto";
  const chosen = options.find((option) => option.value === known);
  return (
    <Combobox.Root
      items={options}
      value={chosen ?? null}
      onValueChange={(option) => option && onValueChange(option.value)}
      filter={(option, query) => option.words.includes(query.trim().toLowerCase())}
      autoHighlight
    >
      <Combobox.Trigger
        id={id}
        aria-label={label ? `${label}: ${chosen?.label ?? known}` : undefined}
        className={cn(
          "hit-area inline-flex h-9 min-w-52 items-center gap-2 rounded-base border border-control-line bg-surface px-3 text-left transition-colors duration-100 hover:border-ink-muted",
          className,
        )}
      >
        <span className="min-w-0 flex-1 truncate">{chosen?.label}</span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 text-ink-muted" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} className="z-50 outline-none">
          <Combobox.Popup
            aria-label={t("language")}
            className={cn(popupStyle, "flex w-64 flex-col overflow-hidden p-0")}
          >
            <div className="flex items-center gap-2 border-b px-3">
              <Search aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
              <Combobox.Input
                aria-label={t("searchLanguage")}
                placeholder={t("searchLanguage")}
                className="h-10 min-w-0 flex-1 bg-transparent text-ink outline-none placeholder:text-ink-faint pointer-coarse:text-md"
              />
            </div>
            <Combobox.Empty>
              <p className="px-3 py-4 text-ink-muted">{t("noLanguage")}</p>
            </Combobox.Empty>
            <Combobox.List className="max-h-72 overflow-y-auto overscroll-contain p-1 outline-none data-empty:p-0">
              {(option: LanguageOption) => (
                <Combobox.Item key={option.value} value={option} className={popupItemStyle}>
                  <span className="flex-1">{option.label}</span>
                  <Combobox.ItemIndicator>
                    <Check aria-hidden="true" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
