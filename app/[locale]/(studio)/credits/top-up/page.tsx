import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { backOf, needOf, one, withQuery } from "@/components/billing/top-up/arrival";
import { TopUpPage, TopUpPageSkeleton } from "@/components/billing/top-up/top-up-page";
import { CreditsFrame } from "@/components/credits/credits-frame";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("topups.topUp");
  return { title: t("title") };
}

type Props = PageProps<"/[locale]/credits/top-up">;

export default function Page({ searchParams }: Props) {
  return (
    <CreditsFrame current="topUp">
      <Suspense fallback={<TopUpPageSkeleton />}>
        <OwnTopUp searchParams={searchParams} />
      </Suspense>
    </CreditsFrame>
  );
}

async function OwnTopUp({ searchParams }: Pick<Props, "searchParams">) {
  const query = await searchParams;
  await requireUser(withQuery(routes.topUp(), query));
  return <TopUpPage need={needOf(query)} back={backOf(query)} packageId={one(query.package)} />;
}
