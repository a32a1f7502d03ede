"use client";

import { useLocale, useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { LanguageChips } from "@/components/options/language-chips";
import { leavesForm } from "@/components/settings/leaves-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/request-error";
import { LanguageCombobox } from "@/components/upload/language-combobox";
import { ApiError } from "@/lib/client/api";
import { maxMisheard, maxTermLength, maxTermTranslations } from "@/lib/glossary/limits";
import type { GlossaryTermInput } from "@/lib/glossary/schema";
import { namedTargets, targetName } from "@/lib/translation/targets";
import { fieldsOf, readFields, type TermFields, withLanguages } from "./term-fields";

interface TermFormProps {
  /** The term that is changed; left out: a new one. */
  term?: GlossaryTermInput;
  /** Stores it; throws `ApiError`. */
  onSave: (term: GlossaryTermInput) => Promise<void>;
  onCancel: () => void;
}

/** A term in its place in the list. Escape leaves it as it was. */
export function TermForm({ term, onSave, onCancel }: TermFormProps) {
  const t = useTranslations("glossary.form");
  const id = useId();
  const [fields, setFields] = useState(() => fieldsOf(term));
  const { pending, tried, failure, save } = useSave(fields, onSave);
  const read = readFields(fields);
  const problem = tried && "problem" in read ? read.problem : undefined;
  const errorText = useErrorText();
  const set = (change: Partial<TermFields>) => setFields((before) => ({ ...before, ...change }));
  const taken = failure?.code === "name_taken";
  return (
    <form
      noValidate
      className="flex flex-col gap-4 bg-sunken p-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (leavesForm(event)) onCancel();
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TermField
          id={`${id}-term`}
          fields={fields}
          onChange={set}
          error={problem === "missing" ? t("missing") : taken ? t("taken") : undefined}
        />
        <SpokenField id={`${id}-language`} fields={fields} onChange={set} />
      </div>
      <MisheardField
        id={`${id}-misheard`}
        fields={fields}
        onChange={set}
        tooMany={problem === "tooManyMisheard"}
      />
      <TranslationFields
        id={`${id}-translations`}
        fields={fields}
        onChange={set}
        missing={problem === "translationMissing"}
      />
      {failure && !taken ? (
        <p role="alert" className="text-danger text-sm">
          {errorText(failure)}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button variant="quiet" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary" pending={pending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

function useSave(fields: TermFields, onSave: TermFormProps["onSave"]) {
  const [pending, setPending] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<ApiError>();
  const save = () => {
    setTried(true);
    const read = readFields(fields);
    if (pending || "problem" in read) return;
    setPending(true);
    setFailure(undefined);
    onSave(read.term)
      .catch((error: unknown) =>
        setFailure(error instanceof ApiError ? error : new ApiError("internal")),
      )
      .finally(() => setPending(false));
  };
  return { pending, tried, failure, save };
}

interface PartProps {
  id: string;
  fields: TermFields;
  onChange: (change: Partial<TermFields>) => void;
}

function TermField({ id, fields, onChange, error }: PartProps & { error: string | undefined }) {
  const t = useTranslations("glossary.form");
  return (
    <Field id={id} label={t("term")} error={error}>
      {(control) => (
        <Input
          {...control}
          autoFocus
          maxLength={maxTermLength}
          value={fields.term}
          onChange={(event) => onChange({ term: event.target.value })}
        />
      )}
    </Field>
  );
}

function MisheardField({ id, fields, onChange, tooMany }: PartProps & { tooMany: boolean }) {
  const t = useTranslations("glossary.form");
  const error = tooMany ? t("tooManyMisheard", { max: maxMisheard }) : undefined;
  return (
    <Field id={id} label={t("misheard")} hint={t("misheardHint")} error={error}>
      {(control) => (
        <Input
          {...control}
          value={fields.misheard}
          onChange={(event) => onChange({ misheard: event.target.value })}
        />
      )}
    </Field>
  );
}

function SpokenField({ id, fields, onChange }: PartProps) {
  const t = useTranslations("glossary");
  return (
    <Field
      id={id}
      label={t("form.language")}
      hint={fields.language === "auto" ? undefined : t("form.languageHint")}
    >
      {(control) => (
        <LanguageCombobox
          id={control.id}
          value={fields.language}
          onValueChange={(language) => onChange({ language })}
          autoLabel={t("row.any")}
          className="w-full"
        />
      )}
    </Field>
  );
}

/** Which languages have a translation of their own, and a field for each. */
function TranslationFields({ id, fields, onChange, missing }: PartProps & { missing: boolean }) {
  const t = useTranslations("glossary.form");
  const locale = useLocale();
  const languages = useMemo(
    () =>
      namedTargets
        .map((code) => ({
          value: code,
          label: targetName(code, locale),
          words: `${targetName(code, "ko")} ${targetName(code, "en")} ${code}`.toLowerCase(),
        }))
        .sort((a, b) => a.label.localeCompare(b.label, locale)),
    [locale],
  );
  const { translations } = fields;
  const set = (code: string, text: string) =>
    onChange({
      translations: translations.map((each) => (each.code === code ? { code, text } : each)),
    });
  return (
    <div className="flex flex-col gap-2">
      <Field id={id} label={t("translations")} hint={t("translationsHint")}>
        {(control) => (
          <LanguageChips
            {...control}
            options={languages}
            value={translations.map(({ code }) => code)}
            onValueChange={(codes) =>
              onChange({ translations: withLanguages(translations, codes) })
            }
            placeholder={t("addLanguage")}
            max={maxTermTranslations}
          />
        )}
      </Field>
      {translations.map(({ code, text }) => (
        <Field
          key={code}
          id={`${id}-${code}`}
          label={t("translationIn", { language: targetName(code, locale) })}
          error={missing && text.trim() === "" ? t("translationMissing") : undefined}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={maxTermLength}
              value={text}
              onChange={(event) => set(code, event.target.value)}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
