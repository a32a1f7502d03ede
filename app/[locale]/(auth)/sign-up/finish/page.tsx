import type { Metadata } from "next";
import { connection } from "next/server";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/account/account-form";
import { AuthCard } from "@/components/account/auth-card";
import { TextLink } from "@/components/ui/link";
import { pendingProviderSignUp } from "@/lib/auth";
import { routes } from "@/lib/client/routes";
import { emailField, nameField } from "../../field-specs";
import { remembered } from "../../form-memory";
import { Onwards } from "../../onwards";
import { finishSignUpAction } from "./actions";

/** Rendered for each request, and at its time: there is nothing to show before it is known who came. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.finish");
  return { title: t("title"), robots: { index: false, follow: false } };
}

export default async function FinishPage() {
  await connection();
  const pending = await pendingProviderSignUp();
  if (!pending) return <Onwards to={routes.signUp()} />;
  const t = await getTranslations("auth.finish");
  const providers = await getTranslations("auth.providers");
  const known = { values: { email: pending.email ?? "", name: pending.name } };
  return (
    <AuthCard
      title={t("title")}
      description={t("description", { provider: providers(pending.provider) })}
      greeting={t("greeting")}
      footer={<TextLink href={routes.login()}>{t("other")}</TextLink>}
    >
      <AccountForm
        action={finishSignUpAction}
        locale={await getLocale()}
        initial={(await remembered("finish")) ?? known}
        fields={[await nameField(), await emailField("email")]}
        submit={t("submit")}
        offers={{ restart: <TextLink href={routes.login()}>{t("restart")}</TextLink> }}
      />
    </AuthCard>
  );
}
