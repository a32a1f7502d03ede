import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ProfilePage, ProfilePageSkeleton } from "@/components/settings/profile-page";
import { routes } from "@/lib/client/routes";
import { OutboxLink } from "../../outbox-link";
import { requireUser } from "../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("nav.profile")} · ${t("title")}` };
}

export default function Page() {
  return (
    <Suspense fallback={<ProfilePageSkeleton />}>
      <OwnProfile />
    </Suspense>
  );
}

async function OwnProfile() {
  return <ProfilePage account={await requireUser(routes.settings())} outbox={<OutboxLink />} />;
}
