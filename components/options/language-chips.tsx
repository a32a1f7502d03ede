"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { cn } from "@/components/ui/cn";
import { popupItemStyle, popupStyle } from "@/components/ui/popup-style";

export interface LanguageOption {
  value: string;
  label: string;
  /** Everything it can be found by: both languages' names and the code, in lower case. */
  words: string;
  /** A quieter word behind the name. */
  note?: string | undefined;
}

interface LanguageChipsProps {
  id: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
  options: readonly LanguageOption[];
  /** Codes, in the order in which they were chosen. */
  value: readonly string[];
  onValueChange: (codes: string[]) => void;
  placeholder: string;
  max: number;
}

/** Several languages: chosen from a list that is searched by typing, shown as chips. */
export function LanguageChips(props: LanguageChipsProps) {
  const { options, value, onValueChange, max, ...control } = props;
  const t = useTranslations("options.targets");
  const anchor = useRef<HTMLDivElement>(null);
  const chosen = value.flatMap((code) => options.find((option) => option.value === code) ?? []);
  return (
    <Combobox.Root
      items={options}
      multiple
      value={chosen}
      onValueChange={(next, details) => {
        // Escape leaves what it is in, and takes nothing with it.
        if (details.reason === "escape-key") details.allowPropagation();
        else onValueChange(next.map((option) => option.value));
      }}
      filter={(option, query) => option.words.includes(query.trim().toLowerCase())}
      isItemEqualToValue={(option, other) => option.value === other.value}
      autoHighlight
    >
      <Combobox.InputGroup
        ref={anchor}
        className="flex min-h-9 cursor-text flex-wrap items-center rounded-base border border-control-line bg-surface px-1.5 py-1 transition-colors duration-100 focus-within:border-accent focus-within:outline-2 focus-within:outline-accent hover:border-ink-muted has-aria-invalid:border-danger"
      >
        <ChosenLanguages {...control} />
      </Combobox.InputGroup>
      <Combobox.Portal>
        <Combobox.Positioner anchor={anchor} align="start" sideOffset={4} className="z-50">
          <Combobox.Popup
            aria-label={control.placeholder}
            className={cn(popupStyle, "flex w-(--anchor-width) flex-col overflow-hidden p-0")}
          >
            <Combobox.Empty>
              <p className="px-3 py-4 text-ink-muted">{t("none")}</p>
            </Combobox.Empty>
            <Combobox.List className="max-h-72 overflow-y-auto overscroll-contain p-1 outline-none data-empty:p-0">
              {(option: LanguageOption) => (
                <Combobox.Item
                  key={option.value}
                  value={option}
                  disabled={value.length >= max && !value.includes(option.value)}
                  className={popupItemStyle}
                >
                  <span className="min-w-0 flex-1">
                    {option.label}
                    {option.note ? (
                      <span className="ml-2 text-ink-muted text-sm">{option.note}</span>
                    ) : null}
                  </span>
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

type ChosenProps = Omit<LanguageChipsProps, "options" | "value" | "onValueChange" | "max">;

function ChosenLanguages({ placeholder, ...control }: ChosenProps) {
  const t = useTranslations("options.targets");
  return (
    <Combobox.Value>
      {(chosen: LanguageOption[]) => (
        <Combobox.Chips
          aria-label={chosen.length > 0 ? t("chosen") : undefined}
          className="flex min-w-0 flex-1 flex-wrap items-center gap-1"
        >
          {chosen.map((option) => (
            <Combobox.Chip
              key={option.value}
              aria-label={option.label}
              aria-description={t("removeHint")}
              className="inline-flex h-7 max-w-full cursor-default items-center gap-0.5 rounded-base bg-accent-soft pl-2 text-accent text-sm outline-none focus-within:outline-2 focus-within:outline-accent data-highlighted:outline-2 data-highlighted:outline-accent pointer-coarse:h-9"
            >
              <span className="truncate">{option.label}</span>
              <Combobox.ChipRemove
                aria-label={t("remove", { language: option.label })}
                className="hit-area inline-flex size-6 shrink-0 items-center justify-center rounded-base hover:bg-hover [&_svg]:size-3.5"
              >
                <X aria-hidden="true" />
              </Combobox.ChipRemove>
            </Combobox.Chip>
          ))}
          <Combobox.Input
            {...control}
            placeholder={placeholder}
            className="h-7 min-w-28 flex-1 bg-transparent px-1.5 text-ink outline-none placeholder:text-ink-faint pointer-coarse:h-9 pointer-coarse:text-md"
          />
        </Combobox.Chips>
      )}
    </Combobox.Value>
  );
}
