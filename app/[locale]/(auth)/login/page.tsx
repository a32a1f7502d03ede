import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { AccountForm } from "@/components/account/account-form";
import { arrivalNotice, arrivalProblem } from "@/components/account/arrival";
import { AuthCard } from "@/components/account/auth-card";
import { FormMessage, FormNotice } from "@/components/account/form-message";
import { TextLink } from "@/components/ui/link";
import { deletionGraceDays } from "@/lib/accounts/schema";
import { currentAccount } from "@/lib/auth";
import { providerSchema } from "@/lib/auth/schema";
import { routes, safeNextPath } from "@/lib/client/routes";
import { errorTitle } from "@/lib/errors";
import { trialHere } from "@/lib/trial/browser";
import { emailField, passwordField } from "../field-specs";
import { remembered } from "../form-memory";
import { Onwards } from "../onwards";
import { providerOptions } from "../provider-options";
import { one } from "../read-form";
import { ResendOffer } from "../resend-offer";
import { logInAction } from "./actions";
import { OnTheWay } from "./on-the-way";

/** Rendered for each request: without JavaScript nothing could be put into a finished page. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.logIn");
  return { title: t("title") };
}

export default async function LogInPage({ searchParams }: PageProps<"/[locale]/login">) {
  const query = await searchParams;
  const next = one(query.next);
  if (await currentAccount()) return <Onwards to={safeNextPath(next)} />;
  const provider = providerSchema.safeParse(one(query.to));
  const url = provider.success && (await remembered("provider"))?.leaveFor;
  if (url) return <OnTheWay provider={provider.data} url={url} />;

  const t = await getTranslations("auth.logIn");
  const forgot = <TextLink href={routes.reset()}>{t("forgot")}</TextLink>;
  return (
    <AuthCard
      title={t("title")}
      greeting={t("greeting")}
      footer={
        <>
          {t("switch")} <TextLink href={routes.signUp(next)}>{t("switchLink")}</TextLink>
          <TrialOffer />
        </>
      }
    >
      <Arrival notice={one(query.notice)} problem={one(query.problem)} />
      <AccountForm
        action={logInAction}
        locale={await getLocale()}
        initial={await remembered("log-in")}
        hidden={{ next }}
        fields={[await emailField("username"), await passwordField(forgot)]}
        remember={t("remember")}
        submit={t("submit")}
        offers={{
          resend: <ResendOffer back={routes.login(next)} />,
          reset: <TextLink href={routes.reset()}>{t("reset")}</TextLink>,
        }}
        providers={await providerOptions()}
      />
    </AuthCard>
  );
}

/** Back to what this browser tried without an account, if it did. */
async function TrialOffer() {
  if ((await trialHere()).state !== "active") return null;
  const t = await getTranslations("trial.logIn");
  return (
    <span className="mt-2 block">
      {t("goOn")} <TextLink href={routes.trial()}>{t("link")}</TextLink>
    </span>
  );
}

/** How somebody came here, where that needs words. */
async function Arrival(props: { notice: string | undefined; problem: string | undefined }) {
  const t = await getTranslations("auth.notices");
  const notice = arrivalNotice(props.notice);
  const problem = arrivalProblem(props.problem);
  if (problem) return <FormMessage>{errorTitle(problem, await getLocale())}</FormMessage>;
  return notice ? <FormNotice>{t(notice, { days: deletionGraceDays })}</FormNotice> : null;
}
