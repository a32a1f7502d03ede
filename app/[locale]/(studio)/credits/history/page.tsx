import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { Suspense } from "react";
import { CreditsFrame } from "@/components/credits/credits-frame";
import { HistoryPage, HistoryPageSkeleton } from "@/components/credits/history-page";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("credits");
  return { title: `${t("history.title")} · ${t("title")}` };
}

export default function Page() {
  return (
    <CreditsFrame current="history">
      <Suspense fallback={<HistoryPageSkeleton />}>
        <OwnHistory />
      </Suspense>
    </CreditsFrame>
  );
}

async function OwnHistory() {
  const { visitor } = await requireUser(routes.creditHistory(), { visitors: true });
  return (
    <NuqsAdapter>
      <HistoryPage visitor={visitor} />
    </NuqsAdapter>
  );
}
