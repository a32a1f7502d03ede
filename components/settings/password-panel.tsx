"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { PasswordInput } from "@/components/account/password-input";
import { useFreshAction } from "@/components/account/use-fresh";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { useErrorText } from "@/components/ui/request-error";
import { passwordLength } from "@/lib/accounts/schema";
import { ApiError } from "@/lib/client/api";
import { setPassword } from "@/lib/client/use-account";
import { reloadSessions } from "@/lib/client/use-sessions";
import { reloadSignInMethods } from "@/lib/client/use-sign-in-methods";

interface PasswordPanelProps {
  hasPassword: boolean;
  /** For the browser's password manager. */
  email: string | null;
}

/** Sets or changes the password. */
export function PasswordPanel({ hasPassword, email }: PasswordPanelProps) {
  const t = useTranslations("settings");
  const form = useNewPassword();
  return (
    <Panel>
      <PanelHeader title={t("security.password.title")} />
      <PanelBody>
        <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
          {hasPassword ? null : <p className="text-ink-muted">{t("security.password.none")}</p>}
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={email ?? ""}
            readOnly
            hidden
          />
          <Field
            id="settings-password"
            label={t("password.new")}
            hint={t("password.hint")}
            error={form.wrong}
            className="max-w-sm"
          >
            {(control) => (
              <PasswordInput
                {...control}
                ref={form.field}
                autoComplete="new-password"
                value={form.password}
                onChange={(event) => form.type(event.target.value)}
                showLabel={t("password.show")}
                hideLabel={t("password.hide")}
              />
            )}
          </Field>
          <div role="status" className="empty:hidden">
            {form.saved ? <Notice tone="success">{t("security.password.saved")}</Notice> : null}
          </div>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button type="submit" pending={form.pending}>
              {t(hasPassword ? "security.password.change" : "security.password.set")}
            </Button>
            <p className="text-ink-muted text-sm">{t("security.password.others")}</p>
          </div>
        </form>
        {form.dialog}
      </PanelBody>
    </Panel>
  );
}

/** What is typed, what is wrong about it, and saving it. */
function useNewPassword() {
  const t = useTranslations("settings.password");
  const errorText = useErrorText();
  const field = useRef<HTMLInputElement>(null);
  const [password, setTyped] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [saved, setSaved] = useState(false);
  const refuse = (text: string) => {
    setWrong(text);
    field.current?.focus();
  };
  const action = useFreshAction(
    async () => {
      await setPassword(password);
      setTyped("");
      setSaved(true);
      await Promise.all([reloadSignInMethods(), reloadSessions()]);
    },
    (error) => {
      const weak = error.code === "validation_failed";
      refuse(errorText(weak ? new ApiError("password_too_weak") : error));
      return true;
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaved(false);
    setWrong(undefined);
    if (password === "") return refuse(t("missing"));
    if (password.length > passwordLength.max) return refuse(t("tooLong"));
    if (password.length < passwordLength.min) {
      return refuse(errorText(new ApiError("password_too_weak")));
    }
    action.run();
  };
  const type = (text: string) => {
    setTyped(text);
    setWrong(undefined);
    setSaved(false);
  };
  const { pending, dialog } = action;
  return { field, password, type, wrong, saved, submit, pending, dialog };
}
