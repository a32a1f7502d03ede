"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel, PanelHeader } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { AccountView } from "@/lib/accounts/schema";
import { useAccount } from "@/lib/client/use-account";
import { EmailDialog } from "./email-dialog";
import { LowBalancePanel } from "./low-balance-panel";
import { NameForm } from "./name-form";
import { PhotoSetting } from "./photo-setting";
import { MailPanel, ScreenPanel } from "./preference-panels";
import { SettingRow } from "./setting-row";

interface ProfilePageProps {
  account: AccountView;
  /** Where mails are when they stay on this machine. */
  outbox: ReactNode;
}

/** Who one is, and how the product looks and writes. */
export function ProfilePage({ account: initial, outbox }: ProfilePageProps) {
  const t = useTranslations("settings.profile");
  const account = useAccount(initial);
  return (
    <>
      <Panel>
        <PanelHeader title={t("title")} />
        <div className="divide-y">
          <PhotoSetting account={account} />
          <NameForm account={account} />
          <EmailSetting email={account.email} outbox={outbox} />
        </div>
      </Panel>
      <ScreenPanel />
      <MailPanel account={account} />
      <LowBalancePanel account={account} />
    </>
  );
}

function EmailSetting({ email, outbox }: { email: string | null; outbox: ReactNode }) {
  const t = useTranslations("settings.profile.email");
  const [changing, setChanging] = useState(false);
  return (
    <SettingRow
      label={t("label")}
      control={
        <Button onClick={() => setChanging(true)}>{email === null ? t("add") : t("change")}</Button>
      }
    >
      {email ?? t("none")}
      {changing ? (
        <EmailDialog current={email} outbox={outbox} onClose={() => setChanging(false)} />
      ) : null}
    </SettingRow>
  );
}

/** The page before the account is known. */
export function ProfilePageSkeleton() {
  const t = useTranslations("settings");
  return (
    <>
      <Panel>
        <PanelHeader title={t("profile.title")} />
        <div aria-hidden="true" className="divide-y">
          <div className="flex items-center gap-4 px-4 py-4">
            <Skeleton className="size-16 rounded-full" />
            <Skeleton className="h-9 w-28" />
          </div>
          <div className="flex flex-col gap-1.5 px-4 py-4">
            <Skeleton className="h-5.5 w-12" />
            <Skeleton className="h-9" />
          </div>
          <div className="flex items-center justify-between px-4 py-3.5">
            <Skeleton className="h-10.5 w-48" />
            <Skeleton className="h-9 w-18" />
          </div>
        </div>
      </Panel>
      <Panel>
        <PanelHeader title={t("screen.title")} />
        <Skeleton className="m-4 h-24" />
      </Panel>
      <Panel>
        <PanelHeader title={t("mail.title")} />
        <Skeleton className="m-4 h-24" />
      </Panel>
    </>
  );
}
