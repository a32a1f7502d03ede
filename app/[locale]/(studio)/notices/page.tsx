import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { NoticesPage, NoticesPageSkeleton } from "@/components/notices/notices-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices");
  return { title: t("title") };
}

export default function Page() {
  return (
    <Suspense fallback={<NoticesPageSkeleton />}>
      <OwnNotices />
    </Suspense>
  );
}

async function OwnNotices() {
  await requireUser(routes.notices(), { visitors: true });
  return <NoticesPage />;
}
