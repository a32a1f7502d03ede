"use client";

import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { type BuiltInProfile, builtInProfiles } from "@/lib/profiles/built-in";
import { languageName } from "@/lib/speech/languages";
import { resolveProfile } from "@/lib/subtitles/rules";

/** The languages that the rules name, and one that stands for all others. */
const shown = ["ko", "en", "ja", "zh", "fr"] as const;

/** The rules that come with the product, with their numbers. */
export function BuiltInProfiles({ onStart }: { onStart: (name: BuiltInProfile) => void }) {
  return (
    <ul className="divide-y">
      {builtInProfiles.map((name) => (
        <li key={name} className="flex flex-col gap-3 p-4">
          <BuiltIn name={name} onStart={() => onStart(name)} />
        </li>
      ))}
    </ul>
  );
}

function BuiltIn({ name, onStart }: { name: BuiltInProfile; onStart: () => void }) {
  const t = useTranslations("profiles.builtIn");
  const names = useTranslations("options.profile.names");
  const { minDurationMs, maxDurationMs, maxLines, minGapFrames } = resolveProfile(name, "ko");
  const times = {
    min: Math.round(minDurationMs / 10) / 100,
    max: maxDurationMs / 1000,
    lines: maxLines,
    frames: minGapFrames,
  };
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-56 flex-col">
          <h3 className="font-medium">{names(name)}</h3>
          <p className="text-ink-muted text-sm">{t(`about.${name}`)}</p>
        </div>
        <Button size="sm" aria-label={t("startFrom", { name: names(name) })} onClick={onStart}>
          {t("start")}
        </Button>
      </div>
      <Numbers name={name} />
      <p className="text-ink-muted text-sm tabular-nums">{t("times", times)}</p>
    </>
  );
}

function Numbers({ name }: { name: BuiltInProfile }) {
  const t = useTranslations("profiles.builtIn");
  const locale = useLocale();
  const rows = shown.map((code) => ({
    code,
    label: code === "fr" ? t("others") : languageName(code, locale),
    spoken: resolveProfile(name, code, { sameLanguage: true }),
    translated: resolveProfile(name, code),
  }));
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-80 table-fixed text-left text-sm tabular-nums">
        <thead className="text-ink-muted">
          <tr>
            {(["language", "width", "speed", "translated"] as const).map((column) => (
              <th key={column} scope="col" className="pb-1 pr-4 font-normal">
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, label, spoken, translated }) => (
            <tr key={code} className="border-t">
              <th scope="row" className="py-1 pr-4 font-normal">
                {label}
              </th>
              <td className="py-1 pr-4">{t("width", { count: spoken.maxLineWidth })}</td>
              <td className="py-1 pr-4">{t("speed", { count: spoken.maxCharsPerSecond })}</td>
              <td className="py-1">{t("speed", { count: translated.maxCharsPerSecond })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
