import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { SecurityPage, SecurityPageSkeleton } from "@/components/settings/security-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("nav.security")} · ${t("title")}` };
}

export default function Page() {
  return (
    <Suspense fallback={<SecurityPageSkeleton />}>
      <OwnSecurity />
    </Suspense>
  );
}

async function OwnSecurity() {
  return <SecurityPage account={await requireUser(routes.settingsSecurity())} />;
}
