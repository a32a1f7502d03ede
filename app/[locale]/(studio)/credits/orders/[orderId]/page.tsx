import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { OrderPage, OrderPageSkeleton } from "@/components/billing/orders/order-page";
import { CreditsFrame } from "@/components/credits/credits-frame";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("topups.order");
  return { title: t("pageTitle") };
}

type Props = PageProps<"/[locale]/credits/orders/[orderId]">;

export default function Page({ params }: Props) {
  return (
    <CreditsFrame current="orders">
      <Suspense fallback={<OrderPageSkeleton />}>
        <OwnOrder params={params} />
      </Suspense>
    </CreditsFrame>
  );
}

async function OwnOrder({ params }: Pick<Props, "params">) {
  const { orderId } = await params;
  await requireUser(routes.order(orderId));
  return <OrderPage key={orderId} orderId={orderId} />;
}
