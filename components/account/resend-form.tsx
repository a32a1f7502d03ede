"use client";

import { useActionState } from "react";
import { FormMessage, FormNotice } from "./form-message";
import type { FormAction, FormState } from "./form-state";
import { SubmitButton } from "./submit-button";

interface ResendFormProps {
  action: FormAction;
  locale: string;
  initial?: FormState | undefined;
  /** Path of the page that it is on. */
  back: string;
  submit: string;
}

/** Sends a mail once more, and says that it did or how long to wait. */
export function ResendForm({ action, locale, initial = {}, back, submit }: ResendFormProps) {
  const [state, send] = useActionState<FormState, FormData>(action, initial);
  return (
    <form action={send} className="flex flex-col items-start gap-3 text-ink">
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="back" value={back} />
      <SubmitButton variant="secondary" size="md">
        {submit}
      </SubmitButton>
      <FormMessage>{state.message}</FormMessage>
      <FormNotice>{state.notice}</FormNotice>
    </form>
  );
}
