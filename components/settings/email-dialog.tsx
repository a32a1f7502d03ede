"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useFreshAction } from "@/components/account/use-fresh";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useErrorText } from "@/components/ui/request-error";
import { changeEmailInput } from "@/lib/accounts/schema";
import { requestEmailChange } from "@/lib/client/use-account";

interface EmailDialogProps {
  /** The old address hears of the change; null when there is none. */
  current: string | null;
  /** Shown once the mail is on its way. */
  outbox: ReactNode;
  onClose: () => void;
}

/** Asks for a new address, then says where to confirm it. */
export function EmailDialog({ current, outbox, onClose }: EmailDialogProps) {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const field = useRef<HTMLInputElement>(null);
  const done = useRef<HTMLButtonElement>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useEmailForm({ field, onSent: setSentTo });

  // The field that had the focus is gone.
  useEffect(() => {
    if (sentTo !== null) done.current?.focus();
  }, [sentTo]);

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t(sentTo ? "profile.email.sentTitle" : "profile.email.title")}
      description={sentTo ? undefined : t("profile.email.description")}
      closeLabel={common("close")}
      initialFocus={field}
      footer={
        sentTo ? (
          <Button ref={done} variant="primary" onClick={onClose}>
            {t("done")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button variant="primary" type="submit" form="change-email" pending={form.pending}>
              {t("profile.email.send")}
            </Button>
          </>
        )
      }
    >
      {sentTo ? (
        <Sent to={sentTo} tellsOld={current !== null} outbox={outbox} />
      ) : (
        <form id="change-email" onSubmit={form.submit} noValidate className="pt-2">
          <Field id="settings-email" label={t("profile.email.new")} error={form.wrong}>
            {(control) => (
              <Input
                {...control}
                ref={field}
                type="email"
                inputMode="email"
                autoComplete="email"
                value={form.email}
                onChange={(event) => form.setEmail(event.target.value)}
              />
            )}
          </Field>
        </form>
      )}
      {form.dialog}
    </Dialog>
  );
}

function useEmailForm(options: {
  field: RefObject<HTMLInputElement | null>;
  onSent: (to: string) => void;
}) {
  const t = useTranslations("settings.profile.email");
  const errorText = useErrorText();
  const [email, setEmail] = useState("");
  const [wrong, setWrong] = useState<string>();
  const refuse = (text: string) => {
    setWrong(text);
    options.field.current?.focus();
  };
  const action = useFreshAction(
    async (to: string) => {
      await requestEmailChange(to);
      options.onSent(to);
    },
    (error) => {
      refuse(error.code === "validation_failed" ? t("wrong") : errorText(error));
      return true;
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = changeEmailInput.safeParse({ email });
    if (!parsed.success) return refuse(t("wrong"));
    setWrong(undefined);
    action.run(parsed.data.email);
  };
  return { email, setEmail, wrong, submit, pending: action.pending, dialog: action.dialog };
}

function Sent({ to, tellsOld, outbox }: { to: string; tellsOld: boolean; outbox: ReactNode }) {
  const t = useTranslations("settings.profile.email");
  return (
    <div role="status" className="flex flex-col gap-3 pt-2">
      <Notice tone="success">{t("sent", { email: to })}</Notice>
      <p className="text-ink-muted">
        {tellsOld ? `${t("sentOld")} ` : null}
        {t("sentHint")}
      </p>
      {outbox}
    </div>
  );
}
