import { Languages } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { languageNames, otherLocale } from "@/i18n/routing";

/**
 * Offers the other language in its own words. A plain link: proxy.ts remembers the choice and
 * answers with the same page, with or without JavaScript.
 */
export async function LanguageSwitch() {
  const other = otherLocale(await getLocale());
  const t = await getTranslations("common");
  return (
    <a
      href={`?lang=${other}`}
      hrefLang={other}
      lang={other}
      title={t("language")}
      rel="nofollow"
      className="hit-area inline-flex h-8 items-center gap-1.5 rounded-base px-2 text-ink-muted text-sm hover:bg-hover hover:text-ink"
    >
      <Languages aria-hidden="true" className="size-4" />
      {languageNames[other]}
    </a>
  );
}
