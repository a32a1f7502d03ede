"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { JobOptions } from "@/lib/jobs/options";
import type { CapabilitiesView } from "@/lib/jobs/schema";
import type { ChoiceChange } from "./use-order-choice";

interface SpeakerFieldProps {
  id: string;
  options: JobOptions;
  onChange: (change: ChoiceChange) => void;
  speakers: CapabilitiesView["speakers"];
  /** For every video to come: how many speak isn't asked. */
  lasting?: boolean | undefined;
}

/** How speakers are told apart: every way with what it takes, and why it can't be had. */
export function SpeakerField({ id, options, onChange, speakers, lasting }: SpeakerFieldProps) {
  const t = useTranslations("options.speakers");
  const choose = (way: JobOptions["speakers"]) => onChange({ options: { speakers: way } });
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium">{t("label")}</legend>
      <div className="divide-y rounded-base border">
        <Way
          name={id}
          label={t("off")}
          checked={options.speakers === "off"}
          onChoose={() => choose("off")}
        />
        {speakers.map(({ id: way, available, reason }) => (
          <Way
            key={way}
            name={id}
            label={t(way)}
            hint={available ? t(`hint.${way}`) : t(`reason.${reason ?? "unknown"}`)}
            disabled={!available}
            checked={options.speakers === way}
            onChoose={() => choose(way)}
          />
        ))}
      </div>
      {lasting || options.speakers === "off" || options.speakers === "channels" ? null : (
        <SpeakerCount id={`${id}-count`} options={options} onChange={onChange} />
      )}
    </fieldset>
  );
}

interface WayProps {
  name: string;
  label: string;
  hint?: string;
  disabled?: boolean;
  checked: boolean;
  onChoose: () => void;
}

function Way({ name, label, hint, disabled = false, checked, onChoose }: WayProps) {
  return (
    <label
      className={cn(
        "flex min-h-9 items-start gap-2.5 px-3 py-2 pointer-coarse:min-h-11",
        disabled ? "cursor-not-allowed" : "cursor-pointer hover:bg-hover",
      )}
    >
      <input
        type="radio"
        name={name}
        checked={checked}
        disabled={disabled}
        onChange={onChoose}
        className="mt-0.75 size-4 shrink-0 accent-accent"
      />
      <span className="flex min-w-0 flex-col">
        <span className={cn(disabled && "text-ink-muted")}>{label}</span>
        {hint ? <span className="text-ink-muted text-sm">{hint}</span> : null}
      </span>
    </label>
  );
}

function SpeakerCount({ id, options, onChange }: Omit<SpeakerFieldProps, "speakers" | "lasting">) {
  const t = useTranslations("options.speakers");
  const set = (text: string) => {
    const count = Number.parseInt(text, 10);
    const speakerCount = Number.isNaN(count) ? undefined : Math.min(20, Math.max(1, count));
    onChange({ options: { speakerCount } });
  };
  return (
    <Field id={id} label={t("count")} hint={t("countHint")} className="mt-2">
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          min={1}
          max={20}
          placeholder={t("countAny")}
          value={options.speakerCount ?? ""}
          onChange={(event) => set(event.target.value)}
          className="w-28"
        />
      )}
    </Field>
  );
}
