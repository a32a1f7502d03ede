import "server-only";
import { createTranslator } from "use-intl/core";
import { loadMessages } from "@/i18n/messages";
import { timeZone } from "@/i18n/routing";
import type { Locale } from "@/lib/accounts/schema";
import type { Finding } from "@/lib/subtitles/quality/types";
import { targetName } from "@/lib/translation/targets";
import { type ReportWords, reportCsv } from "./report-csv";
import { readReport } from "./reports";

interface ReportChoice {
  userId: string;
  trackId: string;
  /** Left out: as it is now. */
  version?: number | undefined;
  locale: Locale;
}

/**
 * A track's findings for a spreadsheet.
 * @throws {AppError} `not_found`
 */
export async function reportAsCsv(
  choice: ReportChoice,
): Promise<{ fileName: string; text: string }> {
  const { report, cues, left, videoTitle, language } = await readReport(choice);
  const t = await texts(choice.locale);
  const reasons = new Map(left.map(({ id, reason }) => [id, reason]));
  const text = reportCsv(report.findings, cues, {
    ...wordsOf(t, choice.locale),
    left: ({ id }) => reasons.get(id) ?? "",
  });
  return { fileName: `${t("csv.fileName", { title: videoTitle, language })}.csv`, text };
}

/**
 * A track's report with what it was judged by, for programs.
 * @throws {AppError} `not_found`
 */
export async function reportAsJson(
  choice: ReportChoice,
): Promise<{ fileName: string; text: string }> {
  const { videoTitle, cues: _, ...content } = await readReport(choice);
  const t = await texts(choice.locale);
  const { language } = content;
  return {
    fileName: `${t("csv.fileName", { title: videoTitle, language })}.json`,
    text: `${JSON.stringify({ videoTitle, ...content }, null, 2)}\n`,
  };
}

type Texts = (key: string, values?: Record<string, string | number>) => string;

/** Needs no request, unlike next-intl's own. */
async function texts(locale: Locale): Promise<Texts> {
  const { report } = await loadMessages(locale);
  return createTranslator({ locale, messages: report as Record<string, string>, timeZone });
}

const columns = ["start", "end", "cue", "severity", "code", "sentence", "text", "repair", "left"];

function wordsOf(t: Texts, locale: Locale): Omit<ReportWords, "left"> {
  const shown = ({ values }: Finding) =>
    typeof values.language === "string"
      ? { ...values, language: targetName(values.language, locale) }
      : values;
  return {
    headers: columns.map((name) => t(`csv.${name}`)),
    severity: ({ severity }) => t(`severity.${severity}`),
    sentence: (finding) => t(`findings.${finding.code}`, shown(finding)),
    repair: ({ repair }) => (repair ? t(`repairs.${repair}`) : ""),
  };
}
