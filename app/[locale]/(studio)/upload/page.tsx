import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { UploadPage, UploadPageSkeleton } from "@/components/upload/upload-page";
import { routes } from "@/lib/client/routes";
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
  await requireUser(routes.upload(), { visitors: true });
  return <UploadPage />;
}
