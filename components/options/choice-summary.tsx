"use client";

import { useLocale, useTranslations } from "next-intl";
import { languageName } from "@/lib/speech/schema";
import { targetName } from "@/lib/translation/schema";
import { changedOptions, type OrderChoice } from "./choice";

/** Names that are said in full; of more only the first. */
const namedInFull = 3;

/** A choice on one line: "Korean → English and Japanese · 2 options". */
export function ChoiceSummary({ choice, className }: { choice: OrderChoice; className?: string }) {
  const t = useTranslations("options.summary");
  const locale = useLocale();
  const { language, options } = choice;
  const names = options.targets.map((code) => targetName(code, locale));
  const from = language === "auto" ? t("auto") : languageName(language, locale);
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const targets =
    names.length > namedInFull
      ? t("others", { first: names[0] ?? "", count: names.length - 1 })
      : list.format(names);
  const changed = changedOptions(options);
  const parts = [
    names.length > 0 ? t("to", { from, targets }) : from,
    ...(changed > 0 ? [t("options", { count: changed })] : []),
  ];
  return <span className={className}>{parts.join(" · ")}</span>;
}
