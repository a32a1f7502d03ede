import type { Metadata } from "next";
import { connection } from "next/server";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/account/account-form";
import { AuthCard } from "@/components/account/auth-card";
import { TextLink } from "@/components/ui/link";
import { pendingPasswordReset } from "@/lib/auth";
import { routes } from "@/lib/client/routes";
import { DeadLink } from "../../dead-link";
import { newPasswordField } from "../../field-specs";
import { remembered } from "../../form-memory";
import { mailLinkMetadata } from "../../mail-link-metadata";
import { one } from "../../read-form";
import { resetConfirmAction } from "./actions";

/** Rendered for each request, and at its time: there is nothing to show before the token is known. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.newPassword");
  return { ...mailLinkMetadata, title: t("title") };
}

/** Only looks at the token: programs that check a mail's links open this page too. */
export default async function ResetConfirmPage({
  searchParams,
}: PageProps<"/[locale]/reset/confirm">) {
  await connection();
  const token = one((await searchParams).token) ?? "";
  const pending = await pendingPasswordReset(token);
  const t = await getTranslations("auth.newPassword");
  if (!pending) {
    const next = { href: routes.reset(), label: t("again"), description: t("dead") };
    return <DeadLink next={next} />;
  }
  return (
    <AuthCard
      title={t("title")}
      description={t("description", { address: pending.email })}
      greeting={t("greeting")}
    >
      <AccountForm
        action={resetConfirmAction}
        locale={await getLocale()}
        initial={await remembered("new-password")}
        hidden={{ token }}
        username={pending.email}
        fields={[await newPasswordField(t("label"))]}
        submit={t("submit")}
        offers={{ restart: <TextLink href={routes.reset()}>{t("again")}</TextLink> }}
      />
    </AuthCard>
  );
}
