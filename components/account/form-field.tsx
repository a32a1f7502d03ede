"use client";

import type { ComponentProps, ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { CodeInput } from "./code-input";
import type { FormState } from "./form-state";
import { PasswordInput } from "./password-input";

interface CommonSpec {
  label: string;
  hint?: string;
  /** Beside the label, e.g. a link. */
  aside?: ReactNode;
}

/** A field of an account form, described on the server. */
export type FieldSpec =
  | (CommonSpec & { name: "email"; autoComplete: "username" | "email" })
  | (CommonSpec & { name: "name" })
  | (CommonSpec & {
      name: "password";
      autoComplete: "new-password" | "current-password";
      showLabel: string;
      hideLabel: string;
    })
  /** `digits` come from an authenticator app; the other kind is a recovery code. */
  | (CommonSpec & { name: "code"; digits: boolean });

interface FormFieldProps {
  spec: FieldSpec;
  state: FormState;
}

/** The control that `spec` describes, with what was typed and what is wrong about it. */
export function FormField({ spec, state }: FormFieldProps) {
  return (
    <Field
      id={spec.name}
      label={spec.label}
      hint={spec.hint}
      aside={spec.aside}
      error={state.fields?.[spec.name]}
    >
      {(control) => <Control {...control} spec={spec} state={state} />}
    </Field>
  );
}

type ControlProps = FormFieldProps &
  Pick<ComponentProps<"input">, "id" | "aria-invalid" | "aria-describedby">;

function Control({ spec, state, ...control }: ControlProps) {
  const shared = { ...control, name: spec.name, size: "lg", required: true } as const;
  if (spec.name === "password") {
    const { autoComplete, showLabel, hideLabel } = spec;
    return <PasswordInput {...shared} {...{ autoComplete, showLabel, hideLabel }} />;
  }
  if (spec.name === "code") {
    const recovery = { inputMode: "text", autoComplete: "off", maxLength: 64 } as const;
    return <CodeInput {...shared} {...(!spec.digits && recovery)} />;
  }
  if (spec.name === "name") {
    const value = state.values?.name;
    return <Input {...shared} autoComplete="name" maxLength={80} defaultValue={value} />;
  }
  return (
    <Input
      {...shared}
      type="email"
      inputMode="email"
      autoComplete={spec.autoComplete}
      defaultValue={state.values?.email}
    />
  );
}
