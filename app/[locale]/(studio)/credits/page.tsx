import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { CreditsFrame } from "@/components/credits/credits-frame";
import { CreditsPage, CreditsPageSkeleton } from "@/components/credits/credits-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../require-user";
import { ClaimOffer } from "./claim-offer";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("credits");
  return { title: t("title") };
}

export default function Page() {
  return (
    <CreditsFrame current="overview">
      <Suspense fallback={<CreditsPageSkeleton />}>
        <OwnCredits />
      </Suspense>
    </CreditsFrame>
  );
}

async function OwnCredits() {
  const { visitor } = await requireUser(routes.credits(), { visitors: true });
  return (
    <>
      {visitor ? null : <ClaimOffer />}
      <CreditsPage visitor={visitor} />
    </>
  );
}
