"use client";

import { type ReactNode, useActionState, useEffect, useRef } from "react";
import { type FieldSpec, FormField } from "./form-field";
import { FormMessage, FormNotice } from "./form-message";
import type { FormAction, FormOffer, FormState } from "./form-state";
import { ProviderButtons, type ProviderButtonsProps } from "./provider-buttons";
import { SubmitButton } from "./submit-button";

interface AccountFormProps {
  action: FormAction;
  locale: string;
  /** What the form said before the page was loaded anew, for browsers without JavaScript. */
  initial?: FormState | undefined;
  /** Sent along unseen. */
  hidden?: Record<string, string | undefined>;
  /** Whose password it is, for password managers where no field says so. */
  username?: string;
  fields?: FieldSpec[];
  /** The label of the box that offers to stay logged in. */
  remember?: string;
  submit: string;
  /** What to show under a message that has an offer. */
  offers?: Partial<Record<FormOffer, ReactNode>>;
  /** Other ways than this form's fields. */
  providers?: ProviderButtonsProps | undefined;
}

/** A form about an account. Works before and without JavaScript. */
export function AccountForm(props: AccountFormProps) {
  const { action, locale, initial = {}, hidden = {}, fields = [], offers = {} } = props;
  const [state, submit] = useActionState<FormState, FormData>(action, initial);
  const form = useRef<HTMLFormElement>(null);

  // The first field that is wrong gets the focus, or else a screen reader hears nothing.
  useEffect(() => {
    if (state.leaveFor) window.location.assign(state.leaveFor);
    if (!state.fields) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [state]);

  return (
    <div className="flex flex-col gap-5">
      {/* Outside the form: an offer can be a form itself. */}
      <FormMessage>{state.message}</FormMessage>
      {state.message && state.offer ? offers[state.offer] : null}
      <FormNotice>{state.notice}</FormNotice>
      <form ref={form} action={submit} noValidate className="flex flex-col gap-5">
        <input type="hidden" name="locale" value={locale} />
        {Object.entries(hidden).map(([name, value]) =>
          value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
        )}
        {props.username ? (
          <input hidden readOnly autoComplete="username" name="username" value={props.username} />
        ) : null}
        {fields.map((spec) => (
          <FormField key={spec.name} spec={spec} state={state} />
        ))}
        {props.remember ? (
          <label className="flex min-h-6 cursor-pointer items-center gap-2.5 self-start text-base">
            <input
              type="checkbox"
              name="remember"
              defaultChecked={state.values?.remember ?? false}
              className="size-4.5 accent-accent"
            />
            {props.remember}
          </label>
        ) : null}
        <SubmitButton>{props.submit}</SubmitButton>
        {props.providers ? <ProviderButtons {...props.providers} /> : null}
      </form>
    </div>
  );
}
