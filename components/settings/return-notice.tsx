"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { errorTitle } from "@/lib/errors";
import { type Outcome, readOutcome } from "./outcome";

/**
 * How it went at an identity provider or behind a mail's link, after coming back. The address is
 * cleared at once, so that a reload or a shared link doesn't say it again.
 */
export function ReturnNotice() {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const locale = useLocale();
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  useEffect(() => {
    const { outcome: found, search } = readOutcome(window.location.search);
    if (!found) return;
    setOutcome(found);
    window.history.replaceState(null, "", `${window.location.pathname}${search}`);
  }, []);

  const text =
    outcome?.kind === "linked"
      ? t("notice.linked", { provider: t(`providers.${outcome.provider}`) })
      : outcome?.kind === "reauthenticated"
        ? t("notice.reauthenticated")
        : outcome
          ? errorTitle(outcome.code, locale)
          : null;
  return (
    // Always in the page, so that a screen reader notices when it fills.
    <div role="status" className="empty:hidden">
      {text === null ? null : (
        <Notice
          tone={outcome?.kind === "problem" ? "danger" : "success"}
          close={{ label: common("close"), onClose: () => setOutcome(null) }}
        >
          {text}
        </Notice>
      )}
    </div>
  );
}
