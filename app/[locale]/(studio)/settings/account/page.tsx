import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { AccountPage, AccountPageSkeleton } from "@/components/settings/account-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("nav.account")} · ${t("title")}` };
}

export default function Page() {
  return (
    <Suspense fallback={<AccountPageSkeleton />}>
      <OwnAccount />
    </Suspense>
  );
}

async function OwnAccount() {
  return <AccountPage account={await requireUser(routes.settingsAccount())} />;
}
