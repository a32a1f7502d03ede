import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getMessages, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ClaimPage, ClaimPageSkeleton } from "@/components/trial/claim-page";
import { MoreMessages } from "@/components/ui/more-messages";
import { PageFrame } from "@/components/ui/page";
import { routes, safeNextPath } from "@/lib/client/routes";
import { claimHere } from "@/lib/trial/browser";
import { requireUser } from "../require-user";
import { keepApartAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("trial.claim");
  return { title: t("title"), robots: { index: false, follow: false } };
}

export default async function Page({ searchParams }: PageProps<"/[locale]/claim">) {
  const { trial } = await getMessages();
  return (
    <MoreMessages messages={{ trial }}>
      <PageFrame width="text">
        <Suspense fallback={<ClaimPageSkeleton />}>
          <OwnClaim query={searchParams} />
        </Suspense>
      </PageFrame>
    </MoreMessages>
  );
}

async function OwnClaim({ query }: { query: PageProps<"/[locale]/claim">["searchParams"] }) {
  const { next } = await query;
  const path = safeNextPath(next);
  const { email, name } = await requireUser(routes.claim(path));
  const claim = await claimHere();
  if (!claim) redirect(path);
  return (
    <ClaimPage claim={claim} account={email ?? name} next={path} keepApart={keepApartAction} />
  );
}
