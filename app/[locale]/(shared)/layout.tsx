import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { SkipLink } from "@/components/ui/skip-link";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";

/** The frame of what a link opens, for people who may have no account. */
export default async function SharedLayout({ children }: LayoutProps<"/[locale]">) {
  const { common, errors, sharing, studio } = await getMessages();
  const t = await getTranslations("common");
  return (
    <NextIntlClientProvider messages={{ common, errors, sharing, studio }}>
      <TooltipProvider>
        <SkipLink>{t("skipToContent")}</SkipLink>
        {children}
        <Toaster label={t("notices")} closeLabel={t("close")} />
      </TooltipProvider>
    </NextIntlClientProvider>
  );
}
