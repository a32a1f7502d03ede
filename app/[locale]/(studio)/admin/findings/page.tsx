import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getMessages, getTranslations } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Suspense } from "react";
import { FindingsPage, FindingsPageSkeleton } from "@/components/admin/findings-page";
import { MoreMessages } from "@/components/ui/more-messages";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: t("title") };
}

export default async function Page() {
  const { admin, credits, topups } = await getMessages();
  return (
    <MoreMessages messages={{ admin, credits, topups }}>
      <Suspense fallback={<FindingsPageSkeleton />}>
        <ForOperators />
      </Suspense>
    </MoreMessages>
  );
}

/** For everybody else there is nothing here; what it shows is guarded by the API. */
async function ForOperators() {
  const user = await requireUser(routes.findings());
  if (!user.operator) notFound();
  return (
    <NuqsAdapter>
      <FindingsPage />
    </NuqsAdapter>
  );
}
