import "server-only";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { FieldSpec } from "@/components/account/form-field";
import { passwordLength } from "@/lib/accounts/schema";

export async function emailField(autoComplete: "username" | "email"): Promise<FieldSpec> {
  const t = await getTranslations("auth.fields");
  return { name: "email", label: t("email"), autoComplete };
}

export async function nameField(): Promise<FieldSpec> {
  const t = await getTranslations("auth.fields");
  return { name: "name", label: t("name") };
}

/** The password that somebody has. */
export async function passwordField(aside?: ReactNode): Promise<FieldSpec> {
  const t = await getTranslations("auth.fields");
  return {
    name: "password",
    label: t("password"),
    autoComplete: "current-password",
    showLabel: t("showPassword"),
    hideLabel: t("hidePassword"),
    aside,
  };
}

/** A password that somebody chooses, with what makes a good one. */
export async function newPasswordField(label?: string): Promise<FieldSpec> {
  const t = await getTranslations("auth.fields");
  return {
    name: "password",
    label: label ?? t("password"),
    hint: t("passwordHint", { min: passwordLength.min }),
    autoComplete: "new-password",
    showLabel: t("showPassword"),
    hideLabel: t("hidePassword"),
  };
}
