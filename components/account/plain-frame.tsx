import NextLink from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/ui/brand-mark";
import { SkipLink } from "@/components/ui/skip-link";
import { routes } from "@/lib/client/routes";
import { LanguageSwitch } from "./language-switch";

/** A page outside the studio and the site's own pages: the way home, the language, its content. */
export async function PlainFrame({ children }: { children: ReactNode }) {
  const t = await getTranslations("common");
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink>{t("skipToContent")}</SkipLink>
      <header className="flex h-16 items-center justify-between px-4 sm:px-6">
        <NextLink
          href={routes.home()}
          aria-label={t("homeLabel")}
          className="hit-area inline-flex items-center gap-2.5 rounded-base font-semibold text-md tracking-tight"
        >
          <BrandMark />
          {t("brand")}
        </NextLink>
        <LanguageSwitch />
      </header>
      <main id="content" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        {children}
      </main>
    </div>
  );
}
