import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { CreditsFrame } from "@/components/credits/credits-frame";
import { SignUpInvitation } from "@/components/credits/sign-up-invitation";
import { StatisticsPage, StatisticsPageSkeleton } from "@/components/credits/statistics-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("credits");
  return { title: `${t("statistics.title")} · ${t("title")}` };
}

export default function Page() {
  return (
    <CreditsFrame current="statistics">
      <Suspense fallback={<StatisticsPageSkeleton />}>
        <OwnStatistics />
      </Suspense>
    </CreditsFrame>
  );
}

async function OwnStatistics() {
  const { visitor } = await requireUser(routes.creditStatistics(), { visitors: true });
  return visitor ? <SignUpInvitation /> : <StatisticsPage />;
}
