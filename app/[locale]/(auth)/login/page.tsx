import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { AccountForm } from "@/components/account/account-form";
import { AuthCard } from "@/components/account/auth-card";
import { SwitchLink } from "@/components/account/switch-link";
import { logInAction } from "../actions";
import { AlreadySignedIn } from "../already-signed-in";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.logIn");
  return { title: t("title") };
}

export default async function LogInPage({ searchParams }: PageProps<"/[locale]/login">) {
  const t = await getTranslations("auth.logIn");
  const fields = await getTranslations("auth.fields");
  return (
    <AuthCard
      title={t("title")}
      greeting={t("greeting")}
      footer={
        <>
          {t("switch")} <SwitchLink to="signUp">{t("switchLink")}</SwitchLink>
        </>
      }
    >
      <Suspense>
        <AlreadySignedIn searchParams={searchParams} />
      </Suspense>
      <AccountForm
        action={logInAction}
        locale={await getLocale()}
        texts={{
          email: fields("email"),
          password: fields("password"),
          showPassword: fields("showPassword"),
          hidePassword: fields("hidePassword"),
          submit: t("submit"),
        }}
        logIn={{ remember: t("remember") }}
      />
    </AuthCard>
  );
}
