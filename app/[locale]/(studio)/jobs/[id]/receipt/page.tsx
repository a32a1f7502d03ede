import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ReceiptPage, ReceiptPageSkeleton } from "@/components/jobs/receipt-page";
import { MoreMessages } from "@/components/ui/more-messages";
import { routes } from "@/lib/client/routes";
import { requireUser } from "../../../require-user";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("receipt");
  return { title: t("title") };
}

type Props = PageProps<"/[locale]/jobs/[id]/receipt">;

export default function Page({ params }: Props) {
  return (
    <Suspense fallback={<ReceiptPageSkeleton />}>
      <OwnReceipt params={params} />
    </Suspense>
  );
}

async function OwnReceipt({ params }: Pick<Props, "params">) {
  const { id } = await params;
  await requireUser(routes.receipt(id), { visitors: true });
  const { receipt } = await getMessages();
  return (
    <MoreMessages messages={{ receipt }}>
      <ReceiptPage key={id} jobId={id} />
    </MoreMessages>
  );
}
