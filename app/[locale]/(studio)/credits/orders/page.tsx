import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { OrdersPage, OrdersPageSkeleton } from "@/components/billing/orders/orders-page";
import { CreditsFrame } from "@/components/credits/credits-frame";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("topups.orders");
  return { title: t("title") };
}

export default function Page() {
  return (
    <CreditsFrame current="orders">
      <Suspense fallback={<OrdersPageSkeleton />}>
        <OwnOrders />
      </Suspense>
    </CreditsFrame>
  );
}

async function OwnOrders() {
  await requireUser(routes.orders());
  return <OrdersPage />;
}
