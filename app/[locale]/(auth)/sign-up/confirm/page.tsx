import type { Metadata } from "next";
import { connection } from "next/server";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/account/account-form";
import { AuthCard } from "@/components/account/auth-card";
import { TextLink } from "@/components/ui/link";
import { pendingSignUp } from "@/lib/auth";
import { routes } from "@/lib/client/routes";
import { DeadLink } from "../../dead-link";
import { passwordField } from "../../field-specs";
import { remembered } from "../../form-memory";
import { mailLinkMetadata } from "../../mail-link-metadata";
import { one } from "../../read-form";
import { confirmSignUpAction } from "./actions";

/** Rendered for each request, and at its time: there is nothing to show before the token is known. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.confirm");
  return { ...mailLinkMetadata, title: t("title") };
}

/** Only looks at the token: programs that check a mail's links open this page too. */
export default async function ConfirmPage({
  searchParams,
}: PageProps<"/[locale]/sign-up/confirm">) {
  await connection();
  const token = one((await searchParams).token) ?? "";
  const pending = await pendingSignUp(token);
  const t = await getTranslations("auth.confirm");
  if (!pending) {
    const next = { href: routes.signUp(), label: t("again"), description: t("dead") };
    const toLogIn = <TextLink href={routes.login()}>{t("logIn")}</TextLink>;
    return <DeadLink next={next} footer={toLogIn} />;
  }
  if (!pending.sameBrowser && pending.provider) {
    return (
      <AuthCard
        title={t("elsewhere.title")}
        description={t("elsewhere.description")}
        greeting={t("greeting")}
        footer={<TextLink href={routes.login()}>{t("elsewhere.again")}</TextLink>}
      />
    );
  }
  return (
    <AuthCard
      title={t("title")}
      description={t("description", { name: pending.name, address: pending.email })}
      greeting={t("greeting")}
    >
      {pending.sameBrowser ? null : <p className="text-ink-muted">{t("otherBrowser")}</p>}
      <AccountForm
        action={confirmSignUpAction}
        locale={await getLocale()}
        initial={await remembered("confirm")}
        hidden={{ token }}
        username={pending.email}
        fields={pending.sameBrowser ? [] : [await passwordField()]}
        submit={t("submit")}
        offers={{ restart: <TextLink href={routes.signUp()}>{t("again")}</TextLink> }}
      />
    </AuthCard>
  );
}
