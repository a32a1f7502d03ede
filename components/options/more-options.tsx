"use client";

import { ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Segmented } from "@/components/ui/segmented";
import { Switch } from "@/components/ui/switch";
import { routes } from "@/lib/client/routes";
import { useGlossary } from "@/lib/client/use-glossary";
import type { CapabilitiesView, JobKind } from "@/lib/jobs/schema";
import { speechLanguages } from "@/lib/speech/languages";
import { targetNames } from "@/lib/target-names";
import { changedOptions, formalityOffered, type OrderChoice, offeredSpeakers } from "./choice";
import { CorrectionField, HintField } from "./hint-fields";
import { LanguageChips } from "./language-chips";
import { ProfileField } from "./profile-field";
import { SpeakerField } from "./speaker-field";
import type { ChoiceChange } from "./use-order-choice";

/** Most languages that a language to be found may be one of, as `jobOptions` has it. */
const maxAllowed = 10;

interface MoreOptionsProps {
  id: string;
  kind: JobKind;
  choice: OrderChoice;
  onChange: (change: ChoiceChange) => void;
  capabilities: CapabilitiesView;
  /** For every video to come: without what belongs to one. */
  lasting?: boolean | undefined;
  /** Left and right of the video's sound are one. */
  mono?: boolean | undefined;
}

/** What is rarely changed: folded away, with a word about what differs. */
export function MoreOptions(props: MoreOptionsProps) {
  const t = useTranslations("options.more");
  const [open, setOpen] = useState(false);
  // Once open the fields stay, or what is half typed would be gone with a fold.
  const [opened, setOpened] = useState(false);
  const panelId = useId();
  const changed = changedOptions(props.choice.options);
  return (
    <div className="flex flex-col">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => {
          setOpen(!open);
          setOpened(true);
        }}
        className="hit-area -mx-1 inline-flex h-8 items-center gap-1 self-start rounded-base px-1 font-medium text-ink-muted hover:text-ink"
      >
        <ChevronRight
          aria-hidden="true"
          className={cn("size-4 transition-transform duration-100", open && "rotate-90")}
        />
        {t("label")}
        {changed > 0 ? (
          <span className="ml-1 font-normal text-sm">{t("changed", { count: changed })}</span>
        ) : null}
      </button>
      <div id={panelId} hidden={!open} className="pt-3">
        {opened ? <Fields {...props} /> : null}
      </div>
    </div>
  );
}

function Fields(props: MoreOptionsProps) {
  const { id, kind, choice, onChange, capabilities, lasting, mono = false } = props;
  const { options } = choice;
  const field = { options, onChange };
  return (
    <div className="flex flex-col gap-5">
      {kind === "translate" ? null : (
        <>
          {choice.language === "auto" ? (
            <AllowedField id={`${id}-allowed`} choice={choice} onChange={onChange} />
          ) : null}
          <SpeakerField
            id={`${id}-speakers`}
            {...field}
            speakers={offeredSpeakers(capabilities, mono)}
            lasting={lasting}
          />
        </>
      )}
      <ProfileField id={`${id}-profile`} choice={choice} onChange={onChange} />
      <FormalityField id={`${id}-formality`} {...{ choice, onChange, capabilities }} />
      <GlossaryField choice={choice} onChange={onChange} />
      {kind === "translate" || lasting ? null : (
        <>
          <HintField id={`${id}-hints`} {...field} />
          <CorrectionField id={`${id}-corrections`} {...field} />
        </>
      )}
      {kind === "translate" ? null : (
        <QualityField id={`${id}-quality`} {...{ choice, onChange, capabilities }} />
      )}
    </div>
  );
}

type FieldProps = Pick<MoreOptionsProps, "choice" | "onChange">;

function AllowedField({ id, choice, onChange }: FieldProps & { id: string }) {
  const t = useTranslations("options.allowed");
  const targets = useTranslations("options.targets");
  const locale = useLocale();
  const languages = useMemo(
    () =>
      speechLanguages
        .map(({ code, ko, en }) => ({
          value: code,
          label: locale === "ko" ? ko : en,
          words: `${ko} ${en} ${code}`.toLowerCase(),
        }))
        .sort((a, b) => a.label.localeCompare(b.label, locale)),
    [locale],
  );
  return (
    <Field id={id} label={t("label")} hint={t("hint")}>
      {(control) => (
        <LanguageChips
          {...control}
          options={languages}
          value={choice.options.allowedLanguages}
          onValueChange={(allowedLanguages) => onChange({ options: { allowedLanguages } })}
          placeholder={targets("add")}
          max={maxAllowed}
        />
      )}
    </Field>
  );
}

function GlossaryField({ choice, onChange }: FieldProps) {
  const t = useTranslations("options.glossary");
  const { terms } = useGlossary();
  const count = terms?.length ?? 0;
  return (
    <div className="flex flex-col gap-1">
      <Switch
        checked={choice.options.glossary}
        onCheckedChange={(glossary) => onChange({ options: { glossary } })}
        label={<span className="font-medium">{t("label")}</span>}
        hint={terms && (count > 0 ? t("hint", { count }) : t("empty"))}
      />
      <TextLink href={routes.settingsGlossary()} className="self-start py-0.5 text-sm">
        {t("manage")}
      </TextLink>
    </div>
  );
}

type ChosenByEngine = FieldProps & { id: string; capabilities: CapabilitiesView };

function QualityField({ id, choice, onChange, capabilities }: ChosenByEngine) {
  const t = useTranslations("options.quality");
  const { qualities } = capabilities.speech;
  if (qualities.length < 2) return null;
  const { quality } = choice.options;
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p className="font-medium">{t("label")}</p>
      <Segmented
        label={t("label")}
        name={id}
        segments={qualities.map((value) => ({ value, label: t(value) }))}
        value={quality}
        onValueChange={(next) => onChange({ options: { quality: next } })}
      />
      <p className="text-ink-muted text-sm">{t(`hint.${quality}`)}</p>
    </div>
  );
}

const tones = ["default", "polite", "plain"] as const;

/** Only where one of the languages can be told. */
function FormalityField({ id, choice, onChange, capabilities }: ChosenByEngine) {
  const t = useTranslations("options.formality");
  const locale = useLocale();
  const { targets, formality } = choice.options;
  if (!formalityOffered(targets, capabilities)) return null;
  const told = capabilities.translation.targets.filter(
    (each) => each.formality && targets.includes(each.code),
  );
  const languages = targetNames(
    told.map(({ code }) => code),
    locale,
  );
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p className="font-medium">{t("label")}</p>
      <Segmented
        label={t("label")}
        name={id}
        segments={tones.map((value) => ({ value, label: t(value) }))}
        value={formality}
        onValueChange={(next) => onChange({ options: { formality: next } })}
      />
      {told.length < targets.length ? (
        <p className="text-ink-muted text-sm">{t("hint", { languages })}</p>
      ) : null}
    </div>
  );
}
