import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { SharedPage, SharedPageSkeleton } from "@/components/sharing/shared-page";
import { currentAccount } from "@/lib/auth";
import { shareParams } from "@/lib/sharing/schema";

type Props = PageProps<"/[locale]/shared/[token]">;

/** The address is a secret: it goes into no search engine and to no other site. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sharing.page");
  return {
    title: t("title"),
    robots: { index: false, follow: false },
    referrer: "no-referrer",
  };
}

export default function Page({ params }: Props) {
  return (
    <Suspense fallback={<SharedPageSkeleton />}>
      <Shared params={params} />
    </Suspense>
  );
}

async function Shared({ params }: Pick<Props, "params">) {
  const parsed = shareParams.safeParse(await params);
  const account = await currentAccount();
  // What can't be a secret looks like one that has ended.
  const token = parsed.success ? parsed.data.token : null;
  return <SharedPage token={token} signedIn={account !== undefined} />;
}
