import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { MoreMessages } from "@/components/ui/more-messages";
import { PageFrame, PageHeader } from "@/components/ui/page";
import { CreditsNav, type CreditsPlace } from "./credits-nav";

interface CreditsFrameProps {
  /** The open page; null for one below them. */
  current: CreditsPlace | null;
  children: ReactNode;
}

/** Heading, menu and texts of every page about credits. For page files: it runs on the server. */
export async function CreditsFrame({ current, children }: CreditsFrameProps) {
  const { credits, topups } = await getMessages();
  const t = await getTranslations("credits");
  return (
    <MoreMessages messages={{ credits, topups }}>
      <PageFrame className="max-w-5xl">
        <PageHeader title={t("title")} className="mb-2" />
        <CreditsNav current={current} />
        {children}
      </PageFrame>
    </MoreMessages>
  );
}
