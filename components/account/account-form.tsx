"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useActionState, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AccountFormAction, AccountFormState } from "./form-state";
import { PasswordInput } from "./password-input";

interface AccountFormTexts {
  email: string;
  password: string;
  showPassword: string;
  hidePassword: string;
  submit: string;
}

interface AccountFormProps {
  action: AccountFormAction;
  locale: string;
  texts: AccountFormTexts;
  /** Signing up asks for a name and explains the password. */
  signUp?: { name: string; passwordHint: string };
  /** Logging in offers to stay signed in. */
  logIn?: { remember: string };
}

/** E-mail and password, for logging in and signing up. Works before and without JavaScript. */
export function AccountForm({ action, locale, texts, signUp, logIn }: AccountFormProps) {
  const [state, submit, pending] = useActionState<AccountFormState, FormData>(action, {});
  const form = useRef<HTMLFormElement>(null);
  const { fields = {}, values } = state;

  // The first field that is wrong gets the focus, or else a screen reader hears nothing.
  useEffect(() => {
    if (!state.fields) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [state]);

  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-5">
      <input type="hidden" name="locale" value={locale} />
      <FormMessage>{state.message}</FormMessage>
      {signUp ? (
        <Field id="name" label={signUp.name} error={fields.name}>
          {(control) => (
            <Input
              {...control}
              size="lg"
              name="name"
              autoComplete="name"
              required
              maxLength={80}
              defaultValue={values?.name}
            />
          )}
        </Field>
      ) : null}
      <Field id="email" label={texts.email} error={fields.email}>
        {(control) => (
          <Input
            {...control}
            size="lg"
            type="email"
            name="email"
            autoComplete={signUp ? "email" : "username"}
            inputMode="email"
            required
            defaultValue={values?.email}
          />
        )}
      </Field>
      <Field
        id="password"
        label={texts.password}
        hint={signUp?.passwordHint}
        error={fields.password}
      >
        {(control) => (
          <PasswordInput
            {...control}
            size="lg"
            name="password"
            autoComplete={signUp ? "new-password" : "current-password"}
            required
            showLabel={texts.showPassword}
            hideLabel={texts.hidePassword}
          />
        )}
      </Field>
      {logIn ? (
        <label className="flex min-h-6 cursor-pointer items-center gap-2.5 self-start text-base">
          <input
            type="checkbox"
            name="remember"
            defaultChecked={values?.remember ?? false}
            className="size-4.5 accent-accent"
          />
          {logIn.remember}
        </label>
      ) : null}
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {texts.submit}
      </Button>
    </form>
  );
}

/** Always in the page, so that a screen reader notices when it fills. */
function FormMessage({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="empty:hidden">
      {children ? (
        <p className="flex items-start gap-2 rounded-base bg-danger-soft px-3.5 py-2.5 text-base text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.75 size-4 shrink-0" />
          {children}
        </p>
      ) : null}
    </div>
  );
}
