import type { Metadata } from "next";
import { connection } from "next/server";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/account/account-form";
import { AuthCard } from "@/components/account/auth-card";
import { TextLink } from "@/components/ui/link";
import { pendingChallenge } from "@/lib/auth";
import { routes, safeNextPath } from "@/lib/client/routes";
import { remembered } from "../../form-memory";
import { Onwards } from "../../onwards";
import { one } from "../../read-form";
import { codeAction } from "./actions";
import { codePath } from "./code-path";

/** Rendered for each request, and at its time: there is nothing to show before the challenge is known. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.code");
  return { title: t("title"), robots: { index: false, follow: false } };
}

export default async function CodePage({ searchParams }: PageProps<"/[locale]/login/code">) {
  await connection();
  const query = await searchParams;
  const next = one(query.next);
  const challenge = await pendingChallenge();
  if (!challenge) return <Onwards to={routes.login(next)} />;

  const t = await getTranslations("auth.code");
  const recovery = one(query.with) === "recovery";
  const kind = recovery ? "recovery" : "app";
  const isLogIn = challenge.intent === "log_in";
  const back = isLogIn ? routes.login(next) : safeNextPath(next, routes.settingsSecurity());
  return (
    <AuthCard
      title={t("title")}
      description={t(`${kind}.description`)}
      greeting={t("greeting")}
      footer={<TextLink href={back}>{t(isLogIn ? "backToLogIn" : "back")}</TextLink>}
    >
      <AccountForm
        // The other kind of code is another form: nothing of this one stays.
        key={kind}
        action={codeAction}
        locale={await getLocale()}
        initial={await remembered(recovery ? "recovery" : "code")}
        hidden={{ next, kind }}
        fields={[
          {
            name: "code",
            label: t(`${kind}.label`),
            hint: t(`${kind}.hint`),
            digits: !recovery,
            aside: (
              <TextLink href={codePath({ next, recovery: !recovery })}>
                {t(`${kind}.other`)}
              </TextLink>
            ),
          },
        ]}
        submit={t(isLogIn ? "submit" : "submitProof")}
        offers={{ restart: <TextLink href={back}>{t("restart")}</TextLink> }}
      />
    </AuthCard>
  );
}
