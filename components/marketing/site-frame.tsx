import NextLink from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageSwitch } from "@/components/account/language-switch";
import { ThemeSwitch } from "@/components/account/theme-switch";
import { BrandMark } from "@/components/ui/brand-mark";
import { routes } from "@/lib/client/routes";

/** The top of every public page. */
export async function SiteHeader({ actions }: { actions: ReactNode }) {
  const t = await getTranslations("common");
  return (
    <header className="mx-auto flex h-16 w-full max-w-6xl items-center justify-between gap-3 px-4 sm:px-6">
      <NextLink
        href={routes.home()}
        aria-label={t("homeLabel")}
        className="hit-area inline-flex items-center gap-2.5 rounded-base font-semibold tracking-tight"
      >
        <BrandMark />
        <span className="max-[22rem]:hidden">{t("brand")}</span>
      </NextLink>
      <div className="flex items-center gap-1.5">
        <span className="hidden sm:inline">
          <LanguageSwitch />
        </span>
        {actions}
      </div>
    </header>
  );
}

/** The bottom of every public page: language and appearance. */
export async function SiteFooter() {
  const t = await getTranslations("common");
  const footer = await getTranslations("marketing.footer");
  const theme = await getTranslations("common.theme");
  return (
    <footer className="border-t">
      <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-4 px-4 py-6 text-ink-muted text-sm sm:px-6">
        <p>
          <span className="font-medium text-ink">{t("brand")}</span>
          <span className="mx-2 text-ink-faint">·</span>
          {footer("tagline")}
        </p>
        <div className="flex items-center gap-3">
          <NextLink
            href={routes.help()}
            className="hit-area rounded-base font-medium hover:text-ink hover:underline hover:underline-offset-4"
          >
            {footer("help")}
          </NextLink>
          <LanguageSwitch />
          <ThemeSwitch
            labels={{
              label: theme("label"),
              system: theme("system"),
              light: theme("light"),
              dark: theme("dark"),
            }}
          />
        </div>
      </div>
    </footer>
  );
}
