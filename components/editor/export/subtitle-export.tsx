"use client";

import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { trackFile, useFileCheck, videoArchive } from "@/lib/client/use-files";
import { useRevision, useSaveState } from "@/lib/client/use-track";
import { useAllVersions } from "@/lib/client/use-versions";
import { type ExportFormat, exportFormats } from "@/lib/tracks/export-formats";
import { targetName } from "@/lib/translation/targets";
import { useEditor } from "../editor-context";
import { CheckList } from "./check-list";
import { optionQuery, optionsFor } from "./choice";
import { FileFacts } from "./file-facts";
import { OptionList } from "./option-list";
import { useChoice } from "./use-choice";

/** No version: the track as it is now. */
const present = "now";
const nothing = "none";

/** Chooses a file and shows what it will be before it is taken home. */
export function SubtitleExport() {
  const t = useTranslations("files");
  const locale = useLocale();
  const { tracks, track } = useEditor();
  const [scope, setScope] = useState<"one" | "all">("one");
  const languageOf = (code: string) => targetName(code, locale);
  const others = tracks.filter(({ id }) => id !== track.id);
  return (
    <div className="flex flex-col gap-4">
      {others.length > 0 ? (
        <Segmented
          label={t("export.what")}
          name="export-scope"
          value={scope}
          onValueChange={setScope}
          segments={[
            { value: "one", label: t("export.one") },
            { value: "all", label: t("export.all") },
          ]}
          className="self-start"
        />
      ) : null}
      {scope === "one" ? <OneFile languageOf={languageOf} /> : <Archive languageOf={languageOf} />}
    </div>
  );
}

interface PartProps {
  languageOf: (code: string) => string;
}

function useAbout(second: boolean) {
  const { video, track, session } = useEditor();
  const cues = session.document.cues();
  return {
    fps: video.fps,
    spoken: cues.some((cue) => cue.speaker !== undefined),
    styled: track.style !== null || cues.some((cue) => cue.styleOverrides !== undefined),
    second,
  };
}

function OneFile({ languageOf }: PartProps) {
  const t = useTranslations("files");
  const { track, tracks, session, video } = useEditor();
  const { choice, choose, setOptions } = useChoice();
  const { versions = [] } = useAllVersions(track.id);
  const [version, setVersion] = useState(present);
  const [other, setOther] = useState(nothing);
  const { format } = choice;
  const second = format === "json" ? nothing : other;
  const names = optionsFor([format], useAbout(second !== nothing));
  const chosen = choice.options[format] ?? {};
  const address = trackFile(track.id, {
    format,
    ...(version !== present && { version }),
    ...(second !== nothing && { second }),
    ...optionQuery(chosen, names),
  });
  const { check, error, retry } = useFileCheck(address.check, useRevision(session));
  const others = tracks.filter(({ id }) => id !== track.id);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="export-format" label={t("export.format")} hint={t(`formats.${format}.hint`)}>
          {(control) => (
            <Select
              id={control.id}
              value={format}
              onValueChange={(value: ExportFormat) => choose({ format: value })}
              options={exportFormats.map((value) => ({
                value,
                label: t(`formats.${value}.name`),
                hint: t(`formats.${value}.hint`),
              }))}
              className="w-full"
            />
          )}
        </Field>
        <Field id="export-version" label={t("export.version")}>
          {(control) => (
            <Select
              id={control.id}
              value={version}
              onValueChange={setVersion}
              options={[
                { value: present, label: t("export.now") },
                ...versions.map(({ number, name }) => ({
                  value: String(number),
                  label: name ?? t("export.versionNumber", { number }),
                })),
              ]}
              className="w-full"
            />
          )}
        </Field>
        {others.length > 0 && format !== "json" ? (
          <Field id="export-second" label={t("export.second")}>
            {(control) => (
              <Select
                id={control.id}
                value={second}
                onValueChange={setOther}
                options={[
                  { value: nothing, label: t("export.noSecond") },
                  ...others.map(({ id, language }) => ({ value: id, label: languageOf(language) })),
                ]}
                className="w-full"
              />
            )}
          </Field>
        ) : null}
      </div>
      <OptionList
        names={names}
        format={format}
        chosen={chosen}
        fps={video.fps}
        onChange={(change) => setOptions(format, change)}
      />
      <FileFacts check={check} error={error} onRetry={retry} />
      <DownloadRow
        href={address.href}
        label={t("export.download", { format: t(`formats.${format}.name`) })}
      />
    </>
  );
}

function Archive({ languageOf }: PartProps) {
  const t = useTranslations("files");
  const { tracks, session, video } = useEditor();
  const { choice, choose, setOptions } = useChoice();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { formats } = choice;
  const wanted = tracks.filter(({ id }) => !left.has(id)).map(({ id }) => id);
  const names = optionsFor(formats, useAbout(false));
  const chosen = choice.options.archive ?? {};
  const isEmpty = wanted.length === 0 || formats.length === 0;
  const address = videoArchive(video.id, {
    tracks: wanted.join(","),
    formats: formats.join(","),
    ...optionQuery(chosen, names),
  });
  const revision = useRevision(session);
  const { check, error, retry } = useFileCheck(isEmpty ? null : address.check, revision);
  return (
    <>
      <CheckList
        label={t("export.languages")}
        options={tracks.map(({ id, language }) => ({ value: id, label: languageOf(language) }))}
        chosen={wanted}
        onChange={(ids) =>
          setLeft(new Set(tracks.map(({ id }) => id).filter((id) => !ids.includes(id))))
        }
      />
      <CheckList
        label={t("export.format")}
        options={exportFormats.map((value) => ({ value, label: t(`formats.${value}.name`) }))}
        chosen={formats}
        onChange={(next) => choose({ formats: next })}
      />
      <OptionList
        names={names}
        format={null}
        chosen={chosen}
        fps={video.fps}
        onChange={(change) => setOptions("archive", change)}
      />
      {isEmpty ? null : <FileFacts check={check} error={error} onRetry={retry} />}
      {isEmpty ? null : <DownloadRow href={address.href} label={t("export.downloadZip")} />}
    </>
  );
}

/** The way home, and what isn't in the file yet. */
function DownloadRow({ href, label }: { href: string; label: string }) {
  const t = useTranslations("files.export");
  const { session } = useEditor();
  const { unsent } = useSaveState(session);
  return (
    <div className="sticky bottom-0 -mx-4 -mb-4 flex flex-wrap items-center justify-end gap-3 border-t bg-raised px-4 py-3">
      {unsent > 0 ? (
        <p role="status" className="min-w-0 flex-1 text-sm text-warning">
          {t("unsent", { count: unsent })}
        </p>
      ) : null}
      <a href={href} download className={buttonStyle({ variant: "accent" })}>
        <Download aria-hidden="true" />
        {label}
      </a>
    </div>
  );
}
