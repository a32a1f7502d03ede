"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/link";
import { routes } from "@/lib/client/routes";
import { useLiveCredits } from "@/lib/client/use-credits";
import { signUpCredits, trialCredits } from "@/lib/credits/lots";

/** At the foot of the studio while somebody tries it: what is left, and what signing up gives. */
export function VisitorBanner({ initial }: { initial: { available: number } }) {
  const t = useTranslations("trial.shell");
  const { available } = useLiveCredits() ?? initial;
  return (
    <aside
      aria-label={t("banner")}
      className="sticky bottom-0 z-20 flex items-center justify-between gap-4 border-t bg-canvas px-4 py-2 sm:px-6"
    >
      <p className="flex min-w-0 flex-wrap gap-x-2.5 text-sm sm:text-base">
        <span className="font-medium tabular-nums">{t("left", { count: available })}</span>
        <span className="text-ink-muted max-sm:text-xs">
          {t("offer", { credits: signUpCredits - trialCredits })}
        </span>
      </p>
      <ButtonLink href={routes.signUp()} variant="accent" size="sm">
        {t("signUp")}
      </ButtonLink>
    </aside>
  );
}
