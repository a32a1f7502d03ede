"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { useErrorText } from "@/components/ui/request-error";
import { ApiError } from "@/lib/client/api";
import { routes } from "@/lib/client/routes";
import { reauthenticate } from "@/lib/client/use-sign-in-methods";
import { CodeInput } from "./code-input";
import { PasswordInput } from "./password-input";

interface ProofFormProps {
  asksCode: boolean;
  /** Gets the password's field. */
  first: RefObject<HTMLInputElement | null>;
  onConfirmed: () => void;
}

interface Wrong {
  password?: string;
  code?: string;
  form?: string;
}

/** What is typed to prove who it is, what is wrong about it, and sending it. */
function useProof({ asksCode, onConfirmed }: Omit<ProofFormProps, "first">) {
  const t = useTranslations("settings");
  const wrongOf = useWrongText();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<Wrong>({});
  const [pending, setPending] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // Within another dialog's form the press would bubble up to that form as well.
    event.stopPropagation();
    if (pending) return;
    const missing: Wrong = {
      ...(password === "" ? { password: t("password.missing") } : {}),
      ...(asksCode && code.trim() === "" ? { code: t("code.missing") } : {}),
    };
    setWrong(missing);
    if (missing.password || missing.code) return;
    setPending(true);
    try {
      await reauthenticate({ password, ...(asksCode && { code }) });
      onConfirmed();
    } catch (error) {
      setWrong(wrongOf(error));
    } finally {
      setPending(false);
    }
  };
  return { password, setPassword, code, setCode, wrong, pending, submit };
}

/** The password and, where two-step verification is on, a code. */
export function ProofForm({ asksCode, first, onConfirmed }: ProofFormProps) {
  const t = useTranslations("settings");
  const form = useRef<HTMLFormElement>(null);
  const { wrong, ...proof } = useProof({ asksCode, onConfirmed });

  // What is wrong gets the focus, or else a screen reader hears nothing.
  useEffect(() => {
    if (wrong.password || wrong.code) {
      form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
    }
  }, [wrong]);

  return (
    <form
      ref={form}
      onSubmit={(event) => void proof.submit(event)}
      noValidate
      className="flex flex-col gap-4"
    >
      <div role="alert" className="empty:hidden">
        {wrong.form ? <Notice tone="danger">{wrong.form}</Notice> : null}
      </div>
      <Field
        id="proof-password"
        label={t("password.label")}
        aside={<TextLink href={routes.reset()}>{t("reauthenticate.forgot")}</TextLink>}
        error={wrong.password}
      >
        {(control) => (
          <PasswordInput
            {...control}
            ref={first}
            value={proof.password}
            onChange={(event) => proof.setPassword(event.target.value)}
            autoComplete="current-password"
            showLabel={t("password.show")}
            hideLabel={t("password.hide")}
          />
        )}
      </Field>
      {asksCode ? (
        <Field
          id="proof-code"
          label={t("code.label")}
          hint={t("code.hintRecovery")}
          error={wrong.code}
        >
          {(control) => (
            <CodeInput
              {...control}
              // A recovery code has letters.
              inputMode="text"
              value={proof.code}
              onChange={(event) => proof.setCode(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <Button type="submit" variant="primary" pending={proof.pending}>
        {t("reauthenticate.confirm")}
      </Button>
    </form>
  );
}

/** Where a refusal is shown: beside the field that it is about, else above the form. */
function useWrongText() {
  const t = useTranslations("settings.password");
  const errorText = useErrorText();
  return (cause: unknown): Wrong => {
    const error = cause instanceof ApiError ? cause : new ApiError("internal", { cause });
    if (error.code === "credentials_rejected") return { password: t("wrong") };
    if (error.code === "second_factor_rejected" || error.code === "second_factor_required") {
      return { code: errorText(error) };
    }
    if (error.fields.some(({ path }) => path === "code")) {
      return { code: errorText(new ApiError("second_factor_rejected")) };
    }
    return { form: errorText(error) };
  };
}
