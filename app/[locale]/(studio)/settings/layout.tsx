import { getMessages, getTranslations } from "next-intl/server";
import { ReturnNotice } from "@/components/settings/return-notice";
import { SettingsMessages } from "@/components/settings/settings-messages";
import { SettingsNav } from "@/components/settings/settings-nav";
import { PageFrame, PageHeader } from "@/components/ui/page";

/** The settings' heading and menu; each page brings its panels. */
export default async function SettingsLayout({ children }: LayoutProps<"/[locale]">) {
  const { settings } = await getMessages();
  const t = await getTranslations("settings");
  return (
    <SettingsMessages settings={settings}>
      <PageFrame className="max-w-4xl">
        <PageHeader title={t("title")} className="mb-2 md:mb-6" />
        <div className="flex flex-col gap-5 md:grid md:grid-cols-[11rem_minmax(0,1fr)] md:gap-8">
          <SettingsNav />
          <div className="flex min-w-0 flex-col gap-5">
            <ReturnNotice />
            {children}
          </div>
        </div>
      </PageFrame>
    </SettingsMessages>
  );
}
