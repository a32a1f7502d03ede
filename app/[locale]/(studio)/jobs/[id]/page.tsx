import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { JobPage, JobPageSkeleton } from "@/components/jobs/job-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("studio.jobs");
  return { title: t("pageTitle") };
}

type Props = PageProps<"/[locale]/jobs/[id]">;

export default function Page({ params }: Props) {
  return (
    <Suspense fallback={<JobPageSkeleton />}>
      <OwnJob params={params} />
    </Suspense>
  );
}

async function OwnJob({ params }: Pick<Props, "params">) {
  const { id } = await params;
  await requireUser(routes.job(id), { visitors: true });
  return <JobPage key={id} jobId={id} />;
}
