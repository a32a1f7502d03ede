import "server-only";
import { createTranslator } from "use-intl/core";
import { loadMessages } from "@/i18n/messages";
import { timeZone } from "@/i18n/routing";
import type { Locale } from "@/lib/accounts/schema";
import type { SubtitleDocument } from "@/lib/subtitles/model";
import { targetName } from "@/lib/translation/targets";
import type { ScriptWords } from "./script-docx";

/** The headings of a script, in the person's language. */
export async function scriptWords(
  locale: Locale,
  first: SubtitleDocument,
  second: SubtitleDocument | undefined,
): Promise<ScriptWords> {
  const { files } = await loadMessages(locale);
  const t = createTranslator({ locale, messages: files, namespace: "script", timeZone });
  const inLanguage = ({ language }: SubtitleDocument) =>
    language === undefined ? t("text") : targetName(language, locale);
  return {
    ...{ number: t("number"), time: t("time"), speaker: t("speaker") },
    text: second ? inLanguage(first) : t("text"),
    second: second ? inLanguage(second) : "",
  };
}
