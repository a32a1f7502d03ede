import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { MoreMessages } from "@/components/ui/more-messages";
import { UploadPage, UploadPageSkeleton } from "@/components/upload/upload-page";
import { routes } from "@/lib/client/routes";
import { trialLimits } from "@/lib/trial/schema";
import { requireUser } from "../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("studio.upload");
  return { title: t("title") };
}

export default function Page() {
  return (
    <Suspense fallback={<UploadPageSkeleton />}>
      <OwnUploads />
    </Suspense>
  );
}

async function OwnUploads() {
  const { visitor } = await requireUser(routes.upload(), { visitors: true });
  const t = await getTranslations("trial.shell");
  const { durationMs, sizeBytes } = trialLimits;
  const most = { minutes: durationMs / 60_000, megabytes: sizeBytes / 1024 ** 2 };
  const { options } = await getMessages();
  return (
    <MoreMessages messages={{ options }}>
      <UploadPage limits={visitor ? t("limits", most) : undefined} />
    </MoreMessages>
  );
}
