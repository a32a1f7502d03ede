import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/account/account-form";
import { AuthCard } from "@/components/account/auth-card";
import { TextLink } from "@/components/ui/link";
import { currentAccount } from "@/lib/auth";
import { routes, safeNextPath } from "@/lib/client/routes";
import { emailField, nameField, newPasswordField } from "../field-specs";
import { remembered } from "../form-memory";
import { Onwards } from "../onwards";
import { providerOptions } from "../provider-options";
import { one } from "../read-form";
import { ResendOffer } from "../resend-offer";
import { SentMail } from "../sent-mail";
import { signUpAction } from "./actions";
import { sentPath } from "./sent-path";

/** Rendered for each request: without JavaScript nothing could be put into a finished page. */
export const instant = false;

export async function generateMetadata({
  searchParams,
}: PageProps<"/[locale]/sign-up">): Promise<Metadata> {
  const { sent } = await searchParams;
  const t = await getTranslations("auth");
  return { title: sent ? t("sent.title") : t("signUp.title") };
}

export default async function SignUpPage({ searchParams }: PageProps<"/[locale]/sign-up">) {
  const query = await searchParams;
  const next = one(query.next);
  if (await currentAccount()) return <Onwards to={safeNextPath(next)} />;
  if (query.sent) return <SignUpSent here={one(query.sent) === "here"} />;

  const t = await getTranslations("auth.signUp");
  return (
    <AuthCard
      title={t("title")}
      greeting={t("greeting")}
      footer={
        <>
          {t("switch")} <TextLink href={routes.login(next)}>{t("switchLink")}</TextLink>
        </>
      }
    >
      <AccountForm
        action={signUpAction}
        locale={await getLocale()}
        initial={await remembered("sign-up")}
        hidden={{ next }}
        fields={[await nameField(), await emailField("email"), await newPasswordField()]}
        submit={t("submit")}
        providers={await providerOptions()}
      />
    </AuthCard>
  );
}

async function SignUpSent({ here }: { here: boolean }) {
  const t = await getTranslations("auth.signUp.sent");
  return (
    <SentMail
      text={(address) => (address ? t("to", { address }) : t("plain"))}
      hint={here ? t("here") : t("hint")}
      footer={
        <>
          {t("wrong")} <TextLink href={routes.signUp()}>{t("again")}</TextLink>
        </>
      }
    >
      <ResendOffer back={sentPath(here ? "here" : "mail")} />
    </SentMail>
  );
}
