import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ProfilesPage, ProfilesPageSkeleton } from "@/components/profiles/profiles-page";
import { MoreMessages } from "@/components/ui/more-messages";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("nav.profiles")} · ${t("title")}` };
}

export default async function Page() {
  const { options, profiles } = await getMessages();
  return (
    <MoreMessages messages={{ options, profiles }}>
      <Suspense fallback={<ProfilesPageSkeleton />}>
        <OwnProfiles />
      </Suspense>
    </MoreMessages>
  );
}

async function OwnProfiles() {
  await requireUser(routes.settingsProfiles(), { visitors: true });
  return <ProfilesPage />;
}
