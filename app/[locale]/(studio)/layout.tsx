import { Upload } from "lucide-react";
import NextLink from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { AccountMenu } from "@/components/account/account-menu";
import { StudioNav } from "@/components/account/studio-nav";
import { ThemeFromAccount } from "@/components/account/theme-from-account";
import { HeaderCredits } from "@/components/credits/header-credits";
import { VisitorBanner } from "@/components/trial/visitor-banner";
import { VisitorMenu } from "@/components/trial/visitor-menu";
import { BrandMark } from "@/components/ui/brand-mark";
import { ButtonLink } from "@/components/ui/link";
import { MoreMessages } from "@/components/ui/more-messages";
import { Skeleton } from "@/components/ui/skeleton";
import { SkipLink } from "@/components/ui/skip-link";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { currentUser } from "@/lib/auth";
import { routes } from "@/lib/client/routes";
import { readBalance } from "@/lib/credits/overview";
import { unreadCount } from "@/lib/notices/service";
import { logOutAction } from "./actions";

/** The frame of everything behind the log-in. It reads no session itself, so it is prerendered. */
export default async function StudioLayout({ children }: LayoutProps<"/[locale]">) {
  const { common, errors, notices, studio } = await getMessages();
  const t = await getTranslations("common");
  return (
    <NextIntlClientProvider messages={{ common, errors, notices, studio }}>
      <TooltipProvider>
        <SkipLink>{t("skipToContent")}</SkipLink>
        <div className="flex min-h-dvh flex-col">
          <StudioHeader />
          <main id="content" tabIndex={-1} className="flex flex-1 flex-col outline-none">
            {children}
          </main>
          <Suspense fallback={null}>
            <TrialFoot />
          </Suspense>
        </div>
        <Toaster label={t("notices")} closeLabel={t("close")} />
      </TooltipProvider>
    </NextIntlClientProvider>
  );
}

async function StudioHeader() {
  const t = await getTranslations("studio.shell");
  const common = await getTranslations("common");
  return (
    <header className="sticky top-0 z-30 flex h-14 print:hidden items-center gap-2 border-b bg-canvas px-4 sm:gap-4 sm:px-6">
      <NextLink
        href={routes.videos()}
        aria-label={common("brand")}
        className="hit-area inline-flex items-center gap-2 rounded-base"
      >
        <BrandMark />
        <span className="hidden font-semibold text-md tracking-tight md:inline">
          {common("brand")}
        </span>
      </NextLink>
      <StudioNav label={t("navLabel")} labels={{ videos: t("videos"), jobs: t("jobs") }} />
      <div className="ml-auto flex items-center gap-1 sm:gap-1.5">
        <ButtonLink href={routes.upload()} variant="primary" className="max-sm:px-2.5">
          <Upload aria-hidden="true" />
          <span className="max-sm:sr-only">{t("upload")}</span>
        </ButtonLink>
        <Suspense fallback={<Skeleton className="h-9 w-32" />}>
          <OwnAccount />
        </Suspense>
      </div>
    </header>
  );
}

async function OwnAccount() {
  const user = await currentUser();
  if (!user) return null;
  const { id, name, email, photoUrl, theme, operator, visitor } = user;
  const [balance, unread] = await Promise.all([readBalance(id), unreadCount(id)]);
  const { trial } = await getMessages();
  return (
    <>
      {visitor ? null : <ThemeFromAccount theme={theme} />}
      <HeaderCredits initial={{ ...balance, unread }} />
      {visitor ? (
        <MoreMessages messages={{ trial }}>
          <VisitorMenu leave={logOutAction} />
        </MoreMessages>
      ) : (
        <AccountMenu user={{ id, name, email, photoUrl, operator }} logOut={logOutAction} />
      )}
    </>
  );
}

/** For somebody who tries without an account. */
async function TrialFoot() {
  const user = await currentUser();
  if (!user?.visitor) return null;
  const { trial } = await getMessages();
  return (
    <MoreMessages messages={{ trial }}>
      <VisitorBanner initial={await readBalance(user.id)} />
    </MoreMessages>
  );
}
