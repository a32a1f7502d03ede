"use client";

import { useTranslations } from "next-intl";

const sentences = ["withdrawal", "rest", "bonus", "free", "time"] as const;

/** When what was bought is given back: in sight before anybody pays. */
export function RefundPolicy() {
  const t = useTranslations("topups.refundPolicy");
  return (
    <section aria-labelledby="refund-policy" className="flex flex-col gap-1.5 border-t pt-4">
      <h3 id="refund-policy" className="font-medium">
        {t("title")}
      </h3>
      <ul className="flex list-disc flex-col gap-1 pl-4 text-ink-muted text-sm marker:text-ink-faint">
        {sentences.map((sentence) => (
          <li key={sentence}>{t(sentence)}</li>
        ))}
      </ul>
    </section>
  );
}
