"use client";

import { useLocale, useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Select } from "@/components/ui/select";
import { routes } from "@/lib/client/routes";
import { useProfiles } from "@/lib/client/use-profiles";
import { builtInProfiles } from "@/lib/profiles/built-in";
import type { OwnProfileView } from "@/lib/profiles/schema";
import { type RuleProfile, resolveProfile } from "@/lib/subtitles/rules";
import { targetName } from "@/lib/translation/targets";
import type { OrderChoice } from "./choice";
import type { ChoiceChange } from "./use-order-choice";

/** Rows that are shown of many languages. */
const maxRows = 5;

interface ProfileFieldProps {
  id: string;
  choice: OrderChoice;
  onChange: (change: ChoiceChange) => void;
}

/** The rules that subtitles keep to, with their numbers for the languages that are ordered. */
export function ProfileField({ id, choice, onChange }: ProfileFieldProps) {
  const t = useTranslations("options.profile");
  const { profiles = [] } = useProfiles();
  const { profile } = choice.options;
  const options = [
    ...builtInProfiles.map((name) => ({ value: name as string, label: t(`names.${name}`) })),
    ...profiles.map(({ id: own, name }) => ({ value: own, label: name, hint: t("own") })),
  ];
  return (
    <Field
      id={id}
      label={t("label")}
      aside={
        <TextLink href={routes.settingsProfiles()} className="inline-block py-0.5 text-sm">
          {t("manage")}
        </TextLink>
      }
      hint={<Numbers choice={choice} profiles={profiles} />}
    >
      {(control) => (
        <Select
          id={control.id}
          options={options}
          value={profile}
          onValueChange={(next) => onChange({ options: { profile: next } })}
          className="w-full"
        />
      )}
    </Field>
  );
}

/** A profile's numbers in a sentence. */
export function useRuleNumbers(): (rules: RuleProfile) => string {
  const t = useTranslations("options.profile");
  return ({ maxLineWidth, maxLines, maxCharsPerSecond }) =>
    t("numbers", { width: maxLineWidth, lines: maxLines, speed: maxCharsPerSecond });
}

function Numbers({ choice, profiles }: { choice: OrderChoice; profiles: OwnProfileView[] }) {
  const locale = useLocale();
  const numbers = useRuleNumbers();
  const { profile, targets } = choice.options;
  const own = profiles.find(({ id }) => id === profile);
  const builtIn = builtInProfiles.find((name) => name === profile);
  if (own) return <span>{numbers({ ...own.rules, id: own.id })}</span>;
  if (!builtIn) return null;
  // While the language is to be found: what it most likely is here.
  const spoken = choice.language === "auto" ? ["ko", "en"] : [choice.language];
  const rows = [
    ...spoken.map((code) => ({ code, sameLanguage: true })),
    ...targets
      .filter((code) => !spoken.includes(code))
      .map((code) => ({ code, sameLanguage: false })),
  ];
  return (
    <span className="flex flex-col tabular-nums">
      {rows.slice(0, maxRows).map(({ code, sameLanguage }) => (
        <span key={code}>
          {targetName(code, locale)} · {numbers(resolveProfile(builtIn, code, { sameLanguage }))}
        </span>
      ))}
    </span>
  );
}
