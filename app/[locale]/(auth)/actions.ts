"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ZodError } from "zod";
import type { AccountField, AccountFormState } from "@/components/account/form-state";
import { defaultLocale, isLocale, type Locale } from "@/i18n/routing";
import { logInInput, signUpInput } from "@/lib/accounts/schema";
import { logIn, signUp } from "@/lib/auth";
import { safeNextPath } from "@/lib/client/routes";
import { AppError, errorTitle } from "@/lib/errors";

export async function logInAction(
  _previous: AccountFormState,
  form: FormData,
): Promise<AccountFormState> {
  const typed = readForm(form);
  const parsed = logInInput.safeParse(typed);
  if (!parsed.success) return withFieldProblems(parsed.error, typed);
  try {
    await logIn(parsed.data);
  } catch (error) {
    return withProblem(error, typed);
  }
  redirect(await nextPath());
}

export async function signUpAction(
  _previous: AccountFormState,
  form: FormData,
): Promise<AccountFormState> {
  const typed = readForm(form);
  const parsed = signUpInput.safeParse(typed);
  if (!parsed.success) return withFieldProblems(parsed.error, typed);
  try {
    await signUp(parsed.data);
  } catch (error) {
    return withProblem(error, typed);
  }
  redirect(await nextPath());
}

type Typed = ReturnType<typeof readForm>;

function readForm(form: FormData) {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const locale = form.get("locale");
  return {
    email: text("email"),
    password: text("password"),
    name: text("name"),
    remember: form.get("remember") === "on",
    locale: isLocale(locale) ? locale : defaultLocale,
  };
}

/**
 * The page's own address says where to go next. The form can't carry it: it is prerendered, so
 * that it works before and without JavaScript, and a prerendered form knows no query.
 */
async function nextPath(): Promise<string> {
  const referer = URL.parse((await headers()).get("referer") ?? "");
  return safeNextPath(referer?.searchParams.get("next"));
}

async function withFieldProblems(error: ZodError, typed: Typed): Promise<AccountFormState> {
  const t = await getTranslations({ locale: typed.locale, namespace: "auth.problems" });
  const texts: Record<AccountField, string> = {
    email: t("email"),
    name: t("name"),
    password: passwordProblem(typed, t("passwordMissing"), t("passwordTooLong")),
  };
  const wrong = new Set(error.issues.map((issue) => issue.path[0]));
  const fields: AccountFormState["fields"] = {};
  for (const field of ["email", "password", "name"] as const) {
    if (wrong.has(field)) fields[field] = texts[field];
  }
  return { fields, values: keep(typed) };
}

function passwordProblem({ password, locale }: Typed, missing: string, tooLong: string): string {
  if (password === "") return missing;
  return password.length > 256 ? tooLong : errorTitle("password_too_weak", locale);
}

/** Errors of the table beside the field they are about, else above the form; defects go on. */
function withProblem(error: unknown, typed: Typed): AccountFormState {
  if (!AppError.is(error)) throw error;
  const message = errorTitle(error.code, typed.locale satisfies Locale);
  const values = keep(typed);
  if (error.code === "email_taken") return { fields: { email: message }, values };
  if (error.code === "password_too_weak") return { fields: { password: message }, values };
  return { message, values };
}

function keep({ email, name, remember }: Typed): NonNullable<AccountFormState["values"]> {
  return { email, name, remember };
}
