import { getTranslations } from "next-intl/server";
import { buttonStyle } from "@/components/ui/button-style";
import { ButtonLink } from "@/components/ui/link";
import { routes } from "@/lib/client/routes";
import { Demo } from "./demo";

/** What it is, in one look. */
export async function Hero() {
  const t = await getTranslations("marketing.hero");
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-10 pb-6 sm:px-6 sm:pt-20">
      <div className="mb-10 grid gap-x-12 gap-y-6 sm:mb-14 lg:grid-cols-[1fr_26rem] lg:items-end">
        <h1 className="whitespace-pre-line font-bold text-3xl tracking-tight sm:text-4xl lg:text-5xl">
          {t("title")}
        </h1>
        <div className="flex flex-col gap-6">
          <p className="text-ink-muted text-pretty">{t("description")}</p>
          <div className="flex flex-wrap gap-2.5">
            <ButtonLink href={routes.signUp()} variant="primary" size="lg">
              {t("signUp")}
            </ButtonLink>
            <ButtonLink href={routes.trial()} size="lg">
              {t("trial")}
            </ButtonLink>
            <a href="#how" className={buttonStyle({ variant: "quiet", size: "lg" })}>
              {t("how")}
            </a>
          </div>
        </div>
      </div>
      <Demo />
    </div>
  );
}
