"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId, useMemo, useState } from "react";
import { leavesForm } from "@/components/settings/leaves-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/request-error";
import { Segmented } from "@/components/ui/segmented";
import { ApiError } from "@/lib/client/api";
import type { RuleNumber } from "@/lib/profiles/limits";
import type { OwnProfileInput } from "@/lib/profiles/schema";
import { RuleExample } from "./rule-example";
import {
  fieldsOf,
  isTime,
  limitsOf,
  type RuleFields,
  type RuleProblem,
  readProfile,
  readRules,
} from "./rule-fields";

interface ProfileFormProps {
  /** What the form begins with. */
  profile: OwnProfileInput;
  /** Stores it; throws `ApiError`. */
  onSave: (profile: OwnProfileInput) => Promise<void>;
  onCancel: () => void;
}

const reading = ["maxLineWidth", "maxCharsPerSecond"] as const;
const timing = [
  "minDurationMs",
  "maxDurationMs",
  "minGapFrames",
  "closeGapBelowMs",
  "maxLingerMs",
] as const;

/** The numbers of own rules, beside a sentence that they break. */
export function ProfileForm({ profile, onSave, onCancel }: ProfileFormProps) {
  const t = useTranslations("profiles.form");
  const id = useId();
  const [fields, setFields] = useState(() => fieldsOf(profile));
  const { rules, problems } = useMemo(() => readRules(fields), [fields]);
  const save = useSave(fields, onSave);
  const set = (change: Partial<RuleFields>) => setFields((before) => ({ ...before, ...change }));
  const numbers = (names: readonly RuleNumber[]) =>
    names.map((name) => (
      <NumberField
        key={name}
        id={`${id}-${name}`}
        name={name}
        value={fields.numbers[name]}
        problem={problems[name]}
        onChange={(value) => set({ numbers: { ...fields.numbers, [name]: value } })}
      />
    ));
  return (
    <form
      noValidate
      className="flex flex-col gap-6 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.run();
      }}
      onKeyDown={(event) => {
        if (leavesForm(event)) onCancel();
      }}
    >
      <NameField id={`${id}-name`} fields={fields} save={save} onChange={set} />
      <div className="grid gap-6 lg:grid-cols-2">
        <div className="flex flex-col gap-6">
          <Group title={t("readingGroup")}>
            <Counting id={id} fields={fields} onChange={set} />
            {numbers(reading)}
          </Group>
          <Group title={t("timingGroup")}>{numbers(timing)}</Group>
        </div>
        <RuleExample rules={rules} language={useLocale()} />
      </div>
      <SaveFailure failure={save.failure} />
      <div className="flex justify-end gap-2">
        <Button variant="quiet" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary" pending={save.pending} disabled={!rules}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

function useSave(fields: RuleFields, onSave: ProfileFormProps["onSave"]) {
  const [pending, setPending] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<ApiError>();
  const run = () => {
    setTried(true);
    const profile = readProfile(fields);
    if (pending || !profile) return;
    setPending(true);
    setFailure(undefined);
    onSave(profile)
      .catch((error: unknown) =>
        setFailure(error instanceof ApiError ? error : new ApiError("internal")),
      )
      .finally(() => setPending(false));
  };
  return { pending, tried, failure, run };
}

interface PartProps {
  id: string;
  fields: RuleFields;
  onChange: (change: Partial<RuleFields>) => void;
}

function NameField({
  id,
  fields,
  save,
  onChange,
}: PartProps & { save: ReturnType<typeof useSave> }) {
  const t = useTranslations("profiles.form");
  const missing = save.tried && fields.name.trim() === "";
  const taken = save.failure?.code === "name_taken";
  const error = missing ? t("nameMissing") : taken ? t("nameTaken") : undefined;
  return (
    <Field id={id} label={t("name")} error={error} className="max-w-sm">
      {(control) => (
        <Input
          {...control}
          autoFocus
          maxLength={60}
          value={fields.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      )}
    </Field>
  );
}

function SaveFailure({ failure }: { failure: ApiError | undefined }) {
  const errorText = useErrorText();
  if (!failure || failure.code === "name_taken") return null;
  return (
    <p role="alert" className="text-danger text-sm">
      {errorText(failure)}
    </p>
  );
}

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset className="flex flex-col gap-3">
    <legend className="mb-3 font-medium">{title}</legend>
    {children}
  </fieldset>
);

function Counting({ id, fields, onChange }: PartProps) {
  const t = useTranslations("profiles.form");
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <span>{t("counting")}</span>
        <Segmented
          label={t("counting")}
          name={`${id}-counting`}
          segments={(["weighted", "graphemes"] as const).map((value) => ({
            value,
            label: t(value),
          }))}
          value={fields.counting}
          onValueChange={(counting) => onChange({ counting })}
        />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <span>{t("maxLines")}</span>
        <Segmented
          label={t("maxLines")}
          name={`${id}-lines`}
          segments={([1, 2] as const).map((count) => ({
            value: String(count),
            label: t("lines", { count }),
          }))}
          value={String(fields.maxLines)}
          onValueChange={(lines) => onChange({ maxLines: lines === "1" ? 1 : 2 })}
        />
      </div>
    </>
  );
}

interface NumberFieldProps {
  id: string;
  name: RuleNumber;
  value: string;
  problem: RuleProblem | undefined;
  onChange: (value: string) => void;
}

function NumberField({ id, name, value, problem, onChange }: NumberFieldProps) {
  const t = useTranslations("profiles.form");
  const { min, max } = limitsOf(name);
  const unit = isTime(name) ? "seconds" : name === "minGapFrames" ? "frames" : "characters";
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center justify-between gap-4">
        <label htmlFor={id}>{t(name)}</label>
        <span className="flex items-center gap-2">
          <Input
            id={id}
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? `${id}-note` : `${id}-unit`}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className="w-24 text-right tabular-nums"
          />
          <span id={`${id}-unit`} className="w-18 text-ink-muted text-sm">
            {t(unit)}
          </span>
        </span>
      </div>
      {problem ? (
        <p id={`${id}-note`} className="text-danger text-sm">
          {t(problem, { min, max })}
        </p>
      ) : null}
    </div>
  );
}
