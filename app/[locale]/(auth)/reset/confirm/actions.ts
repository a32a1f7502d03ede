"use server";

import { logInWithNotice } from "@/components/account/arrival";
import type { FormState } from "@/components/account/form-state";
import { resetPassword } from "@/lib/auth";
import { confirmPasswordResetInput } from "@/lib/auth/schema";
import { routes } from "@/lib/client/routes";
import { answer, leave } from "../../form-memory";
import { withFieldProblems, withProblem } from "../../problems";
import { readLocale, readText } from "../../read-form";

export async function resetConfirmAction(_previous: FormState, form: FormData): Promise<FormState> {
  const locale = readLocale(form);
  const token = readText(form, "token");
  const password = readText(form, "password");
  const back = routes.resetConfirm(token);
  const parsed = confirmPasswordResetInput.safeParse({ token, password });
  if (!parsed.success) {
    const state = await withFieldProblems(parsed.error, { locale, password });
    return answer("new-password", back, state);
  }
  try {
    await resetPassword(parsed.data);
  } catch (error) {
    return answer("new-password", back, await withProblem(error, { locale }));
  }
  return leave(logInWithNotice("password_reset"));
}
