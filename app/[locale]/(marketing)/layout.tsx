import { getTranslations } from "next-intl/server";
import { SiteFooter, SiteHeader } from "@/components/marketing/site-frame";
import { SkipLink } from "@/components/ui/skip-link";
import { SessionLinks } from "./session-links";

/** The frame of the public pages, set in 16 px. */
export default async function MarketingLayout({ children }: LayoutProps<"/[locale]">) {
  const t = await getTranslations("common");
  return (
    <div className="flex min-h-dvh flex-col text-md">
      <SkipLink>{t("skipToContent")}</SkipLink>
      <SiteHeader actions={<SessionLinks />} />
      <main id="content" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      <SiteFooter />
    </div>
  );
}
