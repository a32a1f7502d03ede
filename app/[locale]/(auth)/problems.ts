import "server-only";
import { getTranslations } from "next-intl/server";
import type { ZodError } from "zod";
import type { FieldName, FormOffer, FormState, FormValues } from "@/components/account/form-state";
import { roughWait } from "@/components/ui/rough-wait";
import type { Locale } from "@/i18n/routing";
import { passwordLength } from "@/lib/accounts/schema";
import { AppError, type ErrorCode, errorTitle } from "@/lib/errors";

interface Typed {
  locale: Locale;
  /** Shown again; never a password or a code. */
  values?: FormValues;
  password?: string;
}

const fieldNames = ["name", "email", "password", "code"] as const;

/** What a schema refused, beside the fields. */
export async function withFieldProblems(error: ZodError, typed: Typed): Promise<FormState> {
  const t = await getTranslations({ locale: typed.locale, namespace: "auth.problems" });
  const { password = "" } = typed;
  const texts: Record<FieldName, string> = {
    name: t("name"),
    email: t("email"),
    password:
      password === ""
        ? t("passwordMissing")
        : password.length > passwordLength.max
          ? t("passwordTooLong", { max: passwordLength.max })
          : errorTitle("password_too_weak", typed.locale),
    code: t("code"),
  };
  const wrong = new Set(error.issues.map((issue) => issue.path[0]));
  const fields: FormState["fields"] = {};
  for (const field of fieldNames) if (wrong.has(field)) fields[field] = texts[field];
  // What isn't a field, e.g. a mangled token, has no place of its own.
  const message = Object.keys(fields).length === 0 ? { message: t("token") } : {};
  return { ...message, fields, ...(typed.values && { values: typed.values }) };
}

/** The field that an error is about. */
const fieldOf: Partial<Record<ErrorCode, FieldName>> = {
  password_too_weak: "password",
  password_leaked: "password",
  second_factor_rejected: "code",
};

const offerOf: Partial<Record<ErrorCode, FormOffer>> = {
  email_unconfirmed: "resend",
  log_in_locked: "reset",
  token_invalid: "restart",
};

/** Errors of the table beside the field they are about, else above the form; defects go on. */
export async function withProblem(error: unknown, typed: Typed): Promise<FormState> {
  if (!AppError.is(error)) throw error;
  const { locale } = typed;
  const values = typed.values && { values: typed.values };
  const title = errorTitle(error.code, locale);
  const field = fieldOf[error.code];
  if (field) return { fields: { [field]: title }, ...values };
  const offer = offerOf[error.code];
  const wait = error.retryAfterMs === undefined ? "" : ` ${await waitText(error, locale)}`;
  return { message: `${title}${wait}`, ...(offer && { offer }), ...values };
}

/** The same where the password is all that was asked for: a wrong one is said beside its field. */
export async function withPasswordProblem(error: unknown, typed: Typed): Promise<FormState> {
  if (!AppError.is(error, "credentials_rejected")) return withProblem(error, typed);
  const t = await getTranslations({ locale: typed.locale, namespace: "auth.problems" });
  return { fields: { password: t("passwordWrong") } };
}

async function waitText(error: AppError, locale: Locale): Promise<string> {
  const t = await getTranslations({ locale, namespace: "common.wait" });
  const { unit, count } = roughWait(error.retryAfterMs ?? 0);
  return t(unit, { count });
}
