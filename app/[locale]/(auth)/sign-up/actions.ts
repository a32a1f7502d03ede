"use server";

import type { FormState } from "@/components/account/form-state";
import { resendSignUp, signUp } from "@/lib/auth";
import { signUpInput } from "@/lib/auth/schema";
import { routes, safeNextPath } from "@/lib/client/routes";
import { answer, keep, leave } from "../form-memory";
import { withFieldProblems, withProblem } from "../problems";
import { goToProvider } from "../provider";
import { readLocale, readNext, readText } from "../read-form";
import { resentState, sentKeptMs, sentPath } from "./sent-path";

export async function signUpAction(_previous: FormState, form: FormData): Promise<FormState> {
  const locale = readLocale(form);
  const next = readNext(form);
  const back = routes.signUp(next);
  const values = { email: readText(form, "email"), name: readText(form, "name") };
  if (form.has("provider")) {
    return goToProvider({ form, from: { form: "sign-up", back }, next, locale, values });
  }
  const password = readText(form, "password");
  const parsed = signUpInput.safeParse({ ...values, password, locale });
  if (!parsed.success) {
    const typed = { locale, values, password };
    return answer("sign-up", back, await withFieldProblems(parsed.error, typed));
  }
  try {
    await signUp(parsed.data);
  } catch (error) {
    return answer("sign-up", back, await withProblem(error, { locale, values }));
  }
  await keep("sent", { values: { email: parsed.data.email } }, sentKeptMs);
  return leave(sentPath("mail"));
}

/** Sends the mail of this browser's sign-up once more. */
export async function resendAction(_previous: FormState, form: FormData): Promise<FormState> {
  const locale = readLocale(form);
  const back = safeNextPath(readText(form, "back"), routes.signUp());
  try {
    await resendSignUp();
  } catch (error) {
    return answer("resend", back, await withProblem(error, { locale }));
  }
  return answer("resend", back, await resentState(locale));
}
