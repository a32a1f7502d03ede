import type { Metadata } from "next";
import { connection } from "next/server";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/account/account-form";
import { AuthCard } from "@/components/account/auth-card";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { pendingEmailChange } from "@/lib/auth";
import { routes } from "@/lib/client/routes";
import { DeadLink } from "../../dead-link";
import { passwordField } from "../../field-specs";
import { remembered } from "../../form-memory";
import { mailLinkMetadata } from "../../mail-link-metadata";
import { one } from "../../read-form";
import { confirmEmailAction } from "./actions";

/** Rendered for each request, and at its time: there is nothing to show before the token is known. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.emailChange");
  return { ...mailLinkMetadata, title: t("title") };
}

/** Only looks at the token: programs that check a mail's links open this page too. */
export default async function EmailConfirmPage({
  searchParams,
}: PageProps<"/[locale]/email/confirm">) {
  await connection();
  const query = await searchParams;
  const t = await getTranslations("auth.emailChange");
  if (query.done) {
    return (
      <AuthCard title={t("done")} description={t("doneDescription")} greeting={t("greeting")}>
        <ButtonLink href={routes.settings()} variant="primary" size="lg">
          {t("settings")}
        </ButtonLink>
      </AuthCard>
    );
  }
  const token = one(query.token) ?? "";
  const pending = await pendingEmailChange(token);
  if (!pending) {
    const next = { href: routes.settingsSecurity(), label: t("again"), description: t("dead") };
    return <DeadLink next={next} />;
  }
  if (!pending.signedIn && !pending.password) {
    return (
      <AuthCard title={t("title")} description={t("logInFirst")} greeting={t("greeting")}>
        <ButtonLink href={routes.login(routes.emailConfirm(token))} variant="primary" size="lg">
          {t("logIn")}
        </ButtonLink>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={t("title")}
      description={t("description", { address: pending.email })}
      greeting={t("greeting")}
    >
      {pending.signedIn ? null : <p className="text-ink-muted">{t("otherBrowser")}</p>}
      <AccountForm
        action={confirmEmailAction}
        locale={await getLocale()}
        initial={await remembered("email")}
        hidden={{ token }}
        fields={pending.signedIn ? [] : [await passwordField()]}
        submit={t("submit")}
        offers={{ restart: <TextLink href={routes.settingsSecurity()}>{t("again")}</TextLink> }}
      />
    </AuthCard>
  );
}
