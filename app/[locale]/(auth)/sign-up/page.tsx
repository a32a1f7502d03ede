import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { AccountForm } from "@/components/account/account-form";
import { AuthCard } from "@/components/account/auth-card";
import { SwitchLink } from "@/components/account/switch-link";
import { signUpAction } from "../actions";
import { AlreadySignedIn } from "../already-signed-in";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.signUp");
  return { title: t("title") };
}

export default async function SignUpPage({ searchParams }: PageProps<"/[locale]/sign-up">) {
  const t = await getTranslations("auth.signUp");
  const fields = await getTranslations("auth.fields");
  return (
    <AuthCard
      title={t("title")}
      greeting={t("greeting")}
      footer={
        <>
          {t("switch")} <SwitchLink to="login">{t("switchLink")}</SwitchLink>
        </>
      }
    >
      <Suspense>
        <AlreadySignedIn searchParams={searchParams} />
      </Suspense>
      <AccountForm
        action={signUpAction}
        locale={await getLocale()}
        texts={{
          email: fields("email"),
          password: fields("password"),
          showPassword: fields("showPassword"),
          hidePassword: fields("hidePassword"),
          submit: t("submit"),
        }}
        signUp={{ name: fields("name"), passwordHint: fields("passwordHint") }}
      />
    </AuthCard>
  );
}
