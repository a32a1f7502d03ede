import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Suspense } from "react";
import { MoreMessages } from "@/components/ui/more-messages";
import { VideoPage, VideoPageSkeleton } from "@/components/videos/video-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("studio.video");
  return { title: t("pageTitle") };
}

/** Texts that this page alone has. */
const namespaces = [
  "editor",
  "files",
  "notes",
  "options",
  "quality",
  "renders",
  "report",
  "sharing",
  "sidebyside",
  "speakers",
  "style",
  "timeline",
  "tour",
  "transcript",
  "versions",
] as const;

type Props = PageProps<"/[locale]/videos/[id]">;

export default function Page({ params }: Props) {
  return (
    <Suspense fallback={<VideoPageSkeleton />}>
      <OwnVideo params={params} />
    </Suspense>
  );
}

async function OwnVideo({ params }: Pick<Props, "params">) {
  const { id } = await params;
  await requireUser(routes.video(id), { visitors: true });
  const all = await getMessages();
  const messages = Object.fromEntries(namespaces.map((name) => [name, all[name]]));
  return (
    <NuqsAdapter>
      <MoreMessages messages={messages}>
        <VideoPage key={id} videoId={id} />
      </MoreMessages>
    </NuqsAdapter>
  );
}
