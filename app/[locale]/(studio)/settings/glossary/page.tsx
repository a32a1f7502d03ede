import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { GlossaryPage, GlossaryPageSkeleton } from "@/components/glossary/glossary-page";
import { MoreMessages } from "@/components/ui/more-messages";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("nav.glossary")} · ${t("title")}` };
}

export default async function Page() {
  const { glossary, options } = await getMessages();
  return (
    <MoreMessages messages={{ glossary, options }}>
      <Suspense fallback={<GlossaryPageSkeleton />}>
        <OwnGlossary />
      </Suspense>
    </MoreMessages>
  );
}

async function OwnGlossary() {
  await requireUser(routes.settingsGlossary(), { visitors: true });
  return <GlossaryPage />;
}
