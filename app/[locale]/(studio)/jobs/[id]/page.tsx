import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { JobPage, JobPageSkeleton } from "@/components/jobs/job-page";
import { MoreMessages } from "@/components/ui/more-messages";
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
  const { options, report } = await getMessages();
  return (
    <MoreMessages messages={{ options, report }}>
      <JobPage key={id} jobId={id} />
    </MoreMessages>
  );
}
