import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ButtonLink } from "@/components/ui/link";
import { currentAccount } from "@/lib/auth";
import { routes } from "@/lib/client/routes";

/** The way in, or for whoever is signed in, the way to the videos. */
export function SessionLinks() {
  return (
    <Suspense fallback={<VisitorLinks />}>
      <OwnLinks />
    </Suspense>
  );
}

async function OwnLinks() {
  if (!(await currentAccount())) return <VisitorLinks />;
  const t = await getTranslations("marketing.header");
  return (
    <ButtonLink href={routes.videos()} variant="primary">
      {t("videos")}
    </ButtonLink>
  );
}

async function VisitorLinks() {
  const t = await getTranslations("marketing.header");
  return (
    <>
      <ButtonLink href={routes.login()} variant="quiet">
        {t("logIn")}
      </ButtonLink>
      <ButtonLink href={routes.signUp()} variant="primary">
        {t("signUp")}
      </ButtonLink>
    </>
  );
}
