"use client";

import { ArrowRight, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { maxTermLength } from "@/lib/glossary/limits";
import { maxHints } from "@/lib/jobs/limits";
import type { JobOptions } from "@/lib/jobs/options";
import { readHints } from "./hint-text";
import type { ChoiceChange } from "./use-order-choice";

interface HintFieldProps {
  id: string;
  options: JobOptions;
  onChange: (change: ChoiceChange) => void;
}

/** Names and terms of this video alone. */
export function HintField({ id, options, onChange }: HintFieldProps) {
  const t = useTranslations("options.hints");
  const [text, setText] = useState(options.hints.join(", "));
  const { problem } = readHints(text);
  const error =
    problem?.kind === "tooMany"
      ? t("tooMany", { count: problem.count, max: maxHints })
      : problem
        ? t("tooLong", { term: `${problem.term.slice(0, 20)}…`, max: maxTermLength })
        : undefined;
  return (
    <Field id={id} label={t("label")} hint={t("hint")} error={error}>
      {(control) => (
        <Textarea
          {...control}
          rows={2}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onChange({ options: { hints: readHints(event.target.value).hints } });
          }}
          className="min-h-16"
        />
      )}
    </Field>
  );
}

interface Row {
  id: number;
  heard: string;
  correct: string;
}

/** Most corrections of one job, as `jobOptions` has it. */
const maxCorrections = 100;

/** What is misheard in this video, and what it is. A row counts once both sides are filled in. */
export function CorrectionField({ id, options, onChange }: HintFieldProps) {
  const t = useTranslations("options.corrections");
  const nextId = useRef(options.corrections.length);
  const [rows, setRows] = useState<Row[]>(() =>
    options.corrections.map((each, index) => ({ id: index, ...each })),
  );
  const set = (next: Row[]) => {
    setRows(next);
    const corrections = next
      .map(({ heard, correct }) => ({ heard: heard.trim(), correct: correct.trim() }))
      .filter(({ heard, correct }) => heard !== "" && correct !== "");
    onChange({ options: { corrections } });
  };
  const add = () => {
    set([...rows, { id: nextId.current, heard: "", correct: "" }]);
    nextId.current += 1;
  };
  return (
    <fieldset className="flex flex-col gap-1.5" aria-describedby={`${id}-note`}>
      <legend className="mb-1.5 font-medium">{t("label")}</legend>
      {rows.map((row, index) => (
        <CorrectionRow
          key={row.id}
          row={row}
          number={index + 1}
          onChange={(change) =>
            set(rows.map((each) => (each.id === row.id ? { ...each, ...change } : each)))
          }
          onRemove={() => set(rows.filter((each) => each.id !== row.id))}
        />
      ))}
      <p id={`${id}-note`} className="text-ink-muted text-sm">
        {t("hint")}
      </p>
      {rows.length < maxCorrections ? (
        <Button size="sm" className="self-start" onClick={add}>
          <Plus aria-hidden="true" />
          {t("add")}
        </Button>
      ) : null}
    </fieldset>
  );
}

interface CorrectionRowProps {
  row: Row;
  number: number;
  onChange: (change: Partial<Row>) => void;
  onRemove: () => void;
}

function CorrectionRow({ row, number, onChange, onRemove }: CorrectionRowProps) {
  const t = useTranslations("options.corrections");
  return (
    <div className="flex items-center gap-1.5">
      <Input
        aria-label={t("heard", { number })}
        placeholder={t("heardShort")}
        maxLength={maxTermLength}
        value={row.heard}
        // A row appears because somebody asked for it.
        autoFocus={row.heard === "" && row.correct === ""}
        onChange={(event) => onChange({ heard: event.target.value })}
      />
      <ArrowRight aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
      <Input
        aria-label={t("correct", { number })}
        placeholder={t("correctShort")}
        maxLength={maxTermLength}
        value={row.correct}
        onChange={(event) => onChange({ correct: event.target.value })}
      />
      <IconButton size="sm" label={t("remove", { number })} onClick={onRemove}>
        <X aria-hidden="true" />
      </IconButton>
    </div>
  );
}
