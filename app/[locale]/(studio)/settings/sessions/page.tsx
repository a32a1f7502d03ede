import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { SessionsPage, SessionsPageSkeleton } from "@/components/settings/sessions-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("nav.sessions")} · ${t("title")}` };
}

export default function Page() {
  return (
    <Suspense fallback={<SessionsPageSkeleton />}>
      <OwnSessions />
    </Suspense>
  );
}

async function OwnSessions() {
  await requireUser(routes.settingsSessions());
  return <SessionsPage />;
}
