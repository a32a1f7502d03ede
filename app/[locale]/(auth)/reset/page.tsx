import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/account/account-form";
import { AuthCard } from "@/components/account/auth-card";
import { TextLink } from "@/components/ui/link";
import { tokenLifeMs } from "@/lib/auth/policy";
import { routes } from "@/lib/client/routes";
import { emailField } from "../field-specs";
import { remembered } from "../form-memory";
import { SentMail } from "../sent-mail";
import { resetAction } from "./actions";

/** Rendered for each request: without JavaScript nothing could be put into a finished page. */
export const instant = false;

export async function generateMetadata({
  searchParams,
}: PageProps<"/[locale]/reset">): Promise<Metadata> {
  const { sent } = await searchParams;
  const t = await getTranslations("auth");
  return { title: sent ? t("sent.title") : t("reset.title") };
}

export default async function ResetPage({ searchParams }: PageProps<"/[locale]/reset">) {
  const { sent } = await searchParams;
  if (sent) return <ResetSent />;
  const t = await getTranslations("auth.reset");
  return (
    <AuthCard
      title={t("title")}
      description={t("description")}
      greeting={t("greeting")}
      footer={<TextLink href={routes.login()}>{t("backToLogIn")}</TextLink>}
    >
      <AccountForm
        action={resetAction}
        locale={await getLocale()}
        initial={await remembered("reset")}
        fields={[await emailField("username")]}
        submit={t("submit")}
      />
    </AuthCard>
  );
}

async function ResetSent() {
  const t = await getTranslations("auth.reset.sent");
  const minutes = tokenLifeMs.password_reset / 60_000;
  return (
    <SentMail
      text={(address) => (address ? t("to", { address }) : t("plain"))}
      hint={t("hint", { minutes })}
      footer={
        <>
          {t("missing")} <TextLink href={routes.reset()}>{t("again")}</TextLink>
        </>
      }
    />
  );
}
