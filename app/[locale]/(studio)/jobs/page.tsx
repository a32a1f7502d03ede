import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Suspense } from "react";
import { JobsPage, JobsPageSkeleton } from "@/components/jobs/jobs-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("studio.jobs");
  return { title: t("title") };
}

export default function Page() {
  return (
    <Suspense fallback={<JobsPageSkeleton />}>
      <OwnJobs />
    </Suspense>
  );
}

async function OwnJobs() {
  await requireUser(routes.jobs(), { visitors: true });
  return (
    <NuqsAdapter>
      <JobsPage />
    </NuqsAdapter>
  );
}
