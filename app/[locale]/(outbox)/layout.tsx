import NextLink from "next/link";
import { getTranslations } from "next-intl/server";
import { LanguageSwitch } from "@/components/account/language-switch";
import { BrandMark } from "@/components/ui/brand-mark";
import { SkipLink } from "@/components/ui/skip-link";
import { routes } from "@/lib/client/routes";

/** The frame of a page that belongs to the machine, not to an account. */
export default async function OutboxLayout({ children }: LayoutProps<"/[locale]">) {
  const t = await getTranslations("common");
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink>{t("skipToContent")}</SkipLink>
      <header className="flex h-14 items-center justify-between border-b px-4 sm:px-6">
        <NextLink
          href={routes.home()}
          aria-label={t("homeLabel")}
          className="hit-area inline-flex items-center gap-2 rounded-base font-semibold text-md tracking-tight"
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
