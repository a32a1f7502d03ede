"use client";

import { useTranslations } from "next-intl";
import { Panel, PanelHeader } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { AccountView } from "@/lib/accounts/schema";
import { useAccount } from "@/lib/client/use-account";
import { useSignInMethods } from "@/lib/client/use-sign-in-methods";
import { LoadFailed } from "./load-failed";
import { PasswordPanel } from "./password-panel";
import { ProvidersPanel } from "./providers-panel";
import { TwoStepPanel } from "./two-step-panel";

/** How the account is opened, and what protects it. */
export function SecurityPage({ account: initial }: { account: AccountView }) {
  const t = useTranslations("settings.security");
  const account = useAccount(initial);
  const { methods, error, reload } = useSignInMethods();
  if (error && !methods) {
    return <LoadFailed error={error} title={t("loadFailed")} onRetry={() => void reload()} />;
  }
  if (!methods) return <SecurityPageSkeleton />;
  return (
    <>
      <PasswordPanel hasPassword={methods.password} email={account.email} />
      <TwoStepPanel secondFactor={methods.secondFactor} email={account.email} />
      <ProvidersPanel methods={methods} />
    </>
  );
}

/** The page before anything is known of it. */
export function SecurityPageSkeleton() {
  const t = useTranslations("settings.security");
  return (
    <>
      {[
        { title: t("password.title"), height: "h-37" },
        { title: t("twoStep.title"), height: "h-24" },
        { title: t("methods.title"), height: "h-24" },
      ].map(({ title, height }) => (
        <Panel key={title}>
          <PanelHeader title={title} />
          <Skeleton className={`m-4 ${height}`} />
        </Panel>
      ))}
    </>
  );
}
