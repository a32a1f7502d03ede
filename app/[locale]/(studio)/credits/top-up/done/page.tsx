import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { backOf, readArrival, withQuery } from "@/components/billing/top-up/arrival";
import { DonePage, DonePageSkeleton } from "@/components/billing/top-up/done-page";
import { CreditsFrame } from "@/components/credits/credits-frame";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("topups.done");
  return { title: t("title") };
}

type Props = PageProps<"/[locale]/credits/top-up/done">;

export default function Page({ searchParams }: Props) {
  return (
    <CreditsFrame current="topUp">
      <Suspense fallback={<DonePageSkeleton />}>
        <OwnPayment searchParams={searchParams} />
      </Suspense>
    </CreditsFrame>
  );
}

async function OwnPayment({ searchParams }: Pick<Props, "searchParams">) {
  const query = await searchParams;
  await requireUser(withQuery(routes.topUpDone(), query));
  const arrival = readArrival(query);
  return <DonePage key={arrival?.orderId} arrival={arrival} back={backOf(query)} />;
}
