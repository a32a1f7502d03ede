"use client";

import { TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Field } from "@/components/ui/field";
import { errorTitle } from "@/lib/errors";
import { maxTargets } from "@/lib/jobs/limits";
import type { CapabilitiesView } from "@/lib/jobs/schema";
import { targetName } from "@/lib/translation/targets";
import { isOffered, type OrderChoice, untranslatable } from "./choice";
import { LanguageChips, type LanguageOption } from "./language-chips";
import type { ChoiceChange } from "./use-order-choice";

/** Offered before the alphabet begins: what is asked for most here. */
const usual = ["ko", "en", "ja", "zh-Hans", "zh-Hant", "es", "vi"];

interface TargetFieldProps {
  id: string;
  choice: OrderChoice;
  onChange: (change: ChoiceChange) => void;
  translation: CapabilitiesView["translation"];
  /** Languages that have a track. */
  existing?: readonly string[] | undefined;
  error?: string | undefined;
}

/** The languages to translate into: those that an engine of this installation knows. */
export function TargetField({
  id,
  choice,
  onChange,
  translation,
  existing,
  error,
}: TargetFieldProps) {
  const t = useTranslations("options.targets");
  const { language } = choice;
  const { targets } = choice.options;
  const options = useTargetOptions(translation, language, existing);
  const why = untranslatable(language, translation);
  if (why) return <NoTranslation why={why} language={language} problem={translation.problem} />;
  const hint =
    targets.length >= maxTargets
      ? t("full", { count: maxTargets })
      : targets.length > 0 && language === "auto"
        ? t("auto")
        : targets.length > 0
          ? undefined
          : existing
            ? undefined
            : t("hint");
  return (
    <Field id={id} label={t("label")} hint={hint} error={error}>
      {(control) => (
        <LanguageChips
          {...control}
          options={options}
          value={targets}
          onValueChange={(next) => onChange({ options: { targets: next.slice(0, maxTargets) } })}
          placeholder={t("add")}
          max={maxTargets}
        />
      )}
    </Field>
  );
}

function useTargetOptions(
  translation: CapabilitiesView["translation"],
  language: string,
  existing: readonly string[] | undefined,
): LanguageOption[] {
  const t = useTranslations("options.targets");
  const locale = useLocale();
  return useMemo(() => {
    const named = translation.targets
      .filter(({ code }) => isOffered(code, language))
      .map(({ code }) => ({
        value: code,
        label: targetName(code, locale),
        words: `${targetName(code, "ko")} ${targetName(code, "en")} ${code}`.toLowerCase(),
        note: existing?.includes(code) ? t("existing") : undefined,
      }));
    const first = usual.flatMap((code) => named.filter((option) => option.value === code));
    const rest = named
      .filter((option) => !usual.includes(option.value))
      .sort((a, b) => a.label.localeCompare(b.label, locale));
    return [...first, ...rest];
  }, [translation, language, existing, locale, t]);
}

interface NoTranslationProps {
  why: "engine" | "source";
  language: string;
  /** What is wrong with the engine, for whoever set it up. */
  problem: string | undefined;
}

/** Says why nothing can be translated, and how it could. */
function NoTranslation({ why, language, problem }: NoTranslationProps) {
  const t = useTranslations("options.targets");
  const locale = useLocale();
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium">{t("label")}</p>
      <div className="flex gap-2 rounded-base bg-sunken px-3 py-2.5 text-sm">
        <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />
        {why === "source" ? (
          <p>{t("unknownSource", { language: targetName(language, locale) })}</p>
        ) : (
          <div className="flex min-w-0 flex-col gap-0.5">
            <p>{t("unavailable")}</p>
            <p className="text-ink-muted">{errorTitle("translation_unavailable", locale)}</p>
            {problem ? <p className="font-mono text-ink-muted text-xs">{problem}</p> : null}
          </div>
        )}
      </div>
    </div>
  );
}
