import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Suspense } from "react";
import { ReportPage, ReportPageSkeleton } from "@/components/report/report-page";
import { MoreMessages } from "@/components/ui/more-messages";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("report.page");
  return { title: t("title") };
}

type Props = PageProps<"/[locale]/tracks/[id]/report">;

export default async function Page({ params }: Props) {
  const { quality, report } = await getMessages();
  return (
    <MoreMessages messages={{ quality, report }}>
      <Suspense fallback={<ReportPageSkeleton />}>
        <OwnReport params={params} />
      </Suspense>
    </MoreMessages>
  );
}

async function OwnReport({ params }: Pick<Props, "params">) {
  const { id } = await params;
  await requireUser(routes.report(id), { visitors: true });
  return (
    <NuqsAdapter>
      <ReportPage key={id} trackId={id} />
    </NuqsAdapter>
  );
}
