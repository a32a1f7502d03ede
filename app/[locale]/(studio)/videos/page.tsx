import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Suspense } from "react";
import { MoreMessages } from "@/components/ui/more-messages";
import { VideosPage, VideosPageSkeleton } from "@/components/videos/videos-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("studio.videos");
  return { title: t("title") };
}

export default function Page() {
  return (
    <Suspense fallback={<VideosPageSkeleton />}>
      <OwnVideos />
    </Suspense>
  );
}

async function OwnVideos() {
  await requireUser(routes.videos(), { visitors: true });
  const { options, sharing } = await getMessages();
  return (
    <NuqsAdapter>
      <MoreMessages messages={{ options, sharing }}>
        <VideosPage />
      </MoreMessages>
    </NuqsAdapter>
  );
}
