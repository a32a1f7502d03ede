"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { logInWithNotice } from "@/components/account/arrival";
import { useFreshAction } from "@/components/account/use-fresh";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { useErrorText } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { confirmsDeletion } from "@/lib/accounts/deletion-policy";
import { type AccountView, deletionGraceDays } from "@/lib/accounts/schema";
import { routes } from "@/lib/client/routes";
import { deleteAccount, useAccount } from "@/lib/client/use-account";
import { useCredits } from "@/lib/client/use-credits";

/** The way out: what goes when, and a confirmation that nobody types by accident. */
export function AccountPage({ account: initial }: { account: AccountView }) {
  const t = useTranslations("settings.account");
  const account = useAccount(initial);
  const form = useDeletion(account);
  return (
    <DeletionFrame>
      <LostCredits />
      <form onSubmit={form.submit} noValidate className="flex flex-col items-start gap-4">
        <Field
          id="settings-confirmation"
          label={t("confirm", { what: account.email ?? account.name })}
          error={form.wrong}
          className="w-full max-w-sm"
        >
          {(control) => (
            <Input
              {...control}
              ref={form.field}
              value={form.typed}
              onChange={(event) => form.type(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              maxLength={300}
            />
          )}
        </Field>
        <Button type="submit" variant="danger" pending={form.pending}>
          {t("delete")}
        </Button>
      </form>
      {form.dialog}
    </DeletionFrame>
  );
}

/** What goes with the account, and that bought credits can be turned back into money before. */
function LostCredits() {
  const t = useTranslations("settings.account");
  const { credits } = useCredits();
  if (!credits || credits.posted === 0) return null;
  const paid = credits.lots.reduce((sum, lot) => sum + (lot.paid ? lot.remaining : 0), 0);
  const link = (text: ReactNode) => <TextLink href={routes.orders()}>{text}</TextLink>;
  return (
    <Notice tone="warning">
      <p>{t("credits", { count: credits.posted })}</p>
      {paid > 0 ? <p>{t.rich("refund", { count: paid, link })}</p> : null}
    </Notice>
  );
}

function useDeletion(account: AccountView) {
  const t = useTranslations("settings.account");
  const errorText = useErrorText();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<string>();
  /** The page is on its way out: no second press. */
  const [leaving, setLeaving] = useState(false);
  const refuse = (text: string) => {
    setWrong(text);
    field.current?.focus();
  };
  const action = useFreshAction(
    async () => {
      await deleteAccount(typed);
      setLeaving(true);
      // Loads everything anew: nothing of the account stays in this tab.
      window.location.assign(logInWithNotice("account_deleted"));
    },
    (error) => {
      refuse(error.code === "confirmation_mismatch" ? t("mismatch") : errorText(error));
      return true;
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (leaving) return;
    if (!confirmsDeletion(account, typed)) return refuse(t("mismatch"));
    setWrong(undefined);
    action.run();
  };
  const type = (text: string) => {
    setTyped(text);
    setWrong(undefined);
  };
  const { dialog } = action;
  return { field, typed, type, wrong, submit, pending: action.pending || leaving, dialog };
}

function DeletionFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("settings.account");
  const days = deletionGraceDays;
  return (
    <Panel>
      <PanelHeader title={t("deleteTitle")} />
      <PanelBody className="flex flex-col gap-4">
        <p>{t("deleteAbout")}</p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 [&>dt]:font-medium">
          <dt>{t("now")}</dt>
          <dd className="text-ink-muted">{t("nowWhat")}</dd>
          <dt>{t("later", { days })}</dt>
          <dd className="text-ink-muted">{t("laterWhat")}</dd>
        </dl>
        <Notice>{t("keep", { days })}</Notice>
        {children}
      </PanelBody>
    </Panel>
  );
}

/** The page before the account is known. */
export function AccountPageSkeleton() {
  return (
    <DeletionFrame>
      <div aria-hidden="true" className="flex flex-col items-start gap-4">
        <Skeleton className="h-16 w-full max-w-sm" />
        <Skeleton className="h-9 w-24" />
      </div>
    </DeletionFrame>
  );
}
