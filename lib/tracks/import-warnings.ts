import type { LocatedProblem } from "@/lib/subtitles/formats";
import { warningTexts } from "@/lib/transcripts/warning-texts";
import type { ImportWarning, ImportWarningCode } from "./import-schema";
import type { ImportedCues } from "./imported-cues";

const ownTexts: Record<
  Exclude<ImportWarningCode, keyof typeof warningTexts>,
  Record<"ko" | "en", string>
> = {
  times_kept: {
    ko: "파일에 시간이 없어서 지금 자막의 시간을 차례로 썼어요.",
    en: "The file has no times, so it took those of the present subtitles in turn.",
  },
  empty_cue_dropped: {
    ko: "글이 없는 자막은 뺐어요.",
    en: "Subtitles without text were left out.",
  },
};

function textOf(code: ImportWarningCode, locale: "ko" | "en"): string {
  return code in ownTexts
    ? ownTexts[code as keyof typeof ownTexts][locale]
    : warningTexts[code as keyof typeof warningTexts][locale];
}

/** What there is to look at in a file, and in what became of it, in the reader's language. */
export function warningsOf(
  problems: readonly LocatedProblem[],
  { empty, timesKept }: ImportedCues,
  locale: "ko" | "en",
): ImportWarning[] {
  const own: { line: number; code: ImportWarningCode }[] = [
    ...(timesKept ? [{ line: 0, code: "times_kept" as const }] : []),
    ...(empty > 0 ? [{ line: 0, code: "empty_cue_dropped" as const }] : []),
  ];
  const found = problems
    .filter(({ code }) => !(timesKept && code === "times_estimated"))
    .map(({ line, code, message }) => ({
      ...{ line, code, text: textOf(code, locale) },
      ...(message !== undefined && { found: message }),
    }));
  return [...own.map((one) => ({ ...one, text: textOf(one.code, locale) })), ...found];
}
