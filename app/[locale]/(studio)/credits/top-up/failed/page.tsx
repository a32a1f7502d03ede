import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { backOf, one, orderIdOf, withQuery } from "@/components/billing/top-up/arrival";
import { FailedPage, FailedPageSkeleton } from "@/components/billing/top-up/failed-page";
import { CreditsFrame } from "@/components/credits/credits-frame";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("topups.failed");
  return { title: t("pageTitle") };
}

type Props = PageProps<"/[locale]/credits/top-up/failed">;

export default function Page({ searchParams }: Props) {
  return (
    <CreditsFrame current="topUp">
      <Suspense fallback={<FailedPageSkeleton />}>
        <OwnFailure searchParams={searchParams} />
      </Suspense>
    </CreditsFrame>
  );
}

async function OwnFailure({ searchParams }: Pick<Props, "searchParams">) {
  const query = await searchParams;
  await requireUser(withQuery(routes.topUpFailed(), query));
  const orderId = orderIdOf(query);
  return (
    <FailedPage
      key={orderId}
      orderId={orderId}
      code={one(query.code)}
      message={one(query.message)}
      packageId={one(query.package)}
      back={backOf(query)}
    />
  );
}
