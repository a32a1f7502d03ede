import { getTranslations } from "next-intl/server";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { routes } from "@/lib/client/routes";
import { claimHere } from "@/lib/trial/browser";

/** For an account in a browser that has tried: the way to take it over. Runs on the server. */
export async function ClaimOffer() {
  if (!(await claimHere())) return null;
  const t = await getTranslations("trial.claim");
  return (
    <Notice className="mb-5">
      {t("later")} <TextLink href={routes.claim(routes.credits())}>{t("laterLink")}</TextLink>
    </Notice>
  );
}
