"use client";

import { useLocale, useTranslations } from "next-intl";
import { languageName } from "@/lib/speech/languages";
import { targetNames } from "@/lib/target-names";
import { targetName } from "@/lib/translation/targets";
import { changedOptions, type OrderChoice } from "./choice";

/** Names that are said in full; of more only the first. */
const namedInFull = 3;

/** A choice on one line: "Korean → English and Japanese · 2 options". */
export function ChoiceSummary({ choice, className }: { choice: OrderChoice; className?: string }) {
  const t = useTranslations("options.summary");
  const locale = useLocale();
  const { language, options } = choice;
  const [first] = options.targets;
  const count = options.targets.length;
  const from = language === "auto" ? t("auto") : languageName(language, locale);
  const targets =
    first && count > namedInFull
      ? t("others", { first: targetName(first, locale), count: count - 1 })
      : targetNames(options.targets, locale);
  const changed = changedOptions(options);
  const parts = [
    count > 0 ? t("to", { from, targets }) : from,
    ...(changed > 0 ? [t("options", { count: changed })] : []),
  ];
  return <span className={className}>{parts.join(" · ")}</span>;
}
