"use client";

import { CircleCheck, TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { plainText } from "@/lib/subtitles/markup";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { ImportPreview, ImportWarning } from "@/lib/tracks/import-schema";
import { targetName } from "@/lib/translation/targets";

/** Warnings that are listed; of more the number. */
const shownProblems = 50;

interface ImportFindingsProps {
  file: File;
  preview: ImportPreview;
  fileLanguage: string | undefined;
  onFileLanguage: (key: string) => void;
}

/** What a file holds, where it was odd, and what it would change. */
export function ImportFindings({
  file,
  preview,
  fileLanguage,
  onFileLanguage,
}: ImportFindingsProps) {
  const t = useTranslations("files");
  const locale = useLocale();
  const { format, encoding, cues, languages, changes, problems } = preview;
  const nameOf = (key: string, language: string | null) =>
    language === null ? key : targetName(language, locale);
  return (
    <div className="flex flex-col gap-5" data-testid="import-findings">
      <div>
        <p className="break-all font-medium">{file.name}</p>
        <p className="text-ink-muted text-sm tabular-nums">
          {t("import.found", { count: cues })}{" "}
          {t("import.fileFacts", {
            format: t(`formats.${format}.name`),
            encoding: encoding.toUpperCase(),
          })}
        </p>
      </div>
      {languages.length > 1 ? (
        <Field id="import-file-language" label={t("import.language")}>
          {(control) => (
            <Select
              id={control.id}
              value={
                fileLanguage ??
                languages.find(({ language }) => language === preview.language)?.key ??
                ""
              }
              onValueChange={onFileLanguage}
              options={languages.map(({ key, language, cues: count }) => ({
                value: key,
                label: t("import.languageCues", { language: nameOf(key, language), count }),
              }))}
              className="w-full sm:w-80"
            />
          )}
        </Field>
      ) : null}
      <Problems problems={problems} />
      {changes ? <Changes changes={changes} /> : null}
      <Sample preview={preview} />
    </div>
  );
}

function Problems({ problems }: { problems: readonly ImportWarning[] }) {
  const t = useTranslations("files.import");
  if (problems.length === 0) {
    return (
      <p className="flex items-center gap-1.5 text-sm text-success">
        <CircleCheck aria-hidden="true" className="size-4 shrink-0" />
        {t("noProblems")}
      </p>
    );
  }
  return (
    <section className="flex flex-col gap-1 rounded-base bg-warning-soft px-3 py-2.5 text-sm">
      <h3 className="flex items-center gap-1.5 font-medium text-warning">
        <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
        {t("problems", { count: problems.length })}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is scrolled by key */}
      <ul tabIndex={0} className="flex max-h-44 flex-col gap-1 overflow-y-auto">
        {problems.slice(0, shownProblems).map(({ line, code, text, found }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
          <li key={`${line} ${code} ${i}`} className="break-words">
            <span className="text-ink-muted tabular-nums">
              {line === 0 ? t("wholeFile") : t("line", { line })}
            </span>{" "}
            {text}
            {found ? <code className="ml-1 break-all text-ink-muted text-xs">{found}</code> : null}
          </li>
        ))}
      </ul>
      {problems.length > shownProblems ? (
        <p className="text-ink-muted">
          {t("moreProblems", { count: problems.length - shownProblems })}
        </p>
      ) : null}
    </section>
  );
}

const kinds = ["added", "removed", "changed", "moved", "same"] as const;

function Changes({ changes }: { changes: NonNullable<ImportPreview["changes"]> }) {
  const t = useTranslations("files.import");
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="font-medium">{t("compare")}</h3>
      <dl className="flex flex-col gap-1 text-sm">
        {kinds.map((kind) => (
          <div key={kind} className="flex justify-between gap-4">
            <dt className={changes[kind] === 0 ? "text-ink-muted" : ""}>{t(kind)}</dt>
            <dd className="tabular-nums">{changes[kind].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Sample({ preview: { sample, cues } }: { preview: ImportPreview }) {
  const t = useTranslations("files.import");
  if (sample.length === 0) return null;
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="font-medium">{t("sample")}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is scrolled by key */}
      <ol tabIndex={0} className="max-h-60 divide-y overflow-y-auto rounded-base border">
        {sample.map((cue, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
          <li key={i} className="flex gap-3 px-3 py-1.5 text-sm">
            <span className="shrink-0 text-ink-muted tabular-nums">
              {formatPreciseClock(cue.startMs)}
            </span>
            <span className="min-w-0 whitespace-pre-line break-words">
              {cue.speaker ? <span className="text-ink-muted">{cue.speaker}: </span> : null}
              {plainText(cue.text)}
            </span>
          </li>
        ))}
      </ol>
      {cues > sample.length ? (
        <p className="text-ink-muted text-sm">{t("moreCues", { count: cues - sample.length })}</p>
      ) : null}
    </section>
  );
}

/** As high as what comes. */
export function ImportSkeleton({ label }: { label: string }) {
  return (
    <div role="status" className="flex flex-col gap-4">
      <span className="sr-only">{label}</span>
      <Skeleton className="h-10 w-2/3" />
      <Skeleton className="h-16" />
      <Skeleton className="h-40" />
    </div>
  );
}
