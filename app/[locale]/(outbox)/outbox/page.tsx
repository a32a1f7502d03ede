import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { OutboxPage, OutboxSkeleton } from "@/components/mail/outbox-page";
import { isOutboxOpen, readOutbox } from "@/lib/mail/outbox";
import { outboxCaller } from "../../outbox-link";

type Props = PageProps<"/[locale]/outbox">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("mail.outbox");
  return { title: t("title"), robots: { index: false } };
}

export default function Page({ searchParams }: Props) {
  return (
    <Suspense fallback={<OutboxSkeleton />}>
      <Mails searchParams={searchParams} />
    </Suspense>
  );
}

async function Mails({ searchParams }: Pick<Props, "searchParams">) {
  const caller = await outboxCaller();
  if (!isOutboxOpen(caller)) notFound();
  const [mails, { mail: chosen }] = await Promise.all([readOutbox(caller), searchParams]);
  return <OutboxPage mails={mails} chosenId={typeof chosen === "string" ? chosen : undefined} />;
}
