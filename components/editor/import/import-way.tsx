"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import type { ImportTarget } from "@/lib/client/use-files";
import { targetName } from "@/lib/translation/targets";
import { freeLanguages } from "./new-language";

interface ImportWayProps {
  kind: ImportTarget["kind"];
  onKind: (kind: ImportTarget["kind"]) => void;
  language: string;
  onLanguage: (language: string) => void;
  /** Languages that the video has. */
  taken: readonly string[];
}

/** Where a file goes. */
export function ImportWay({ kind, onKind, language, onLanguage, taken }: ImportWayProps) {
  const t = useTranslations("files.import");
  const locale = useLocale();
  const languages = useMemo(
    () => freeLanguages(taken).map((value) => ({ value, label: targetName(value, locale) })),
    [taken, locale],
  );
  return (
    <div className="flex flex-col gap-2">
      <Segmented
        label={t("how")}
        name="import-way"
        value={kind}
        onValueChange={onKind}
        segments={[
          { value: "replace", label: t("replace") },
          { value: "add", label: t("asNew") },
        ]}
        className="self-start"
      />
      <p className="text-ink-muted text-sm">
        {kind === "replace" ? t("replaceHint") : t("asNewHint")}
      </p>
      {kind === "add" ? (
        <Field id="import-language" label={t("newLanguage")}>
          {(control) => (
            <Select
              id={control.id}
              value={language}
              onValueChange={onLanguage}
              options={languages}
              className="w-full sm:w-64"
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}
