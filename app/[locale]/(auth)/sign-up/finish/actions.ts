"use server";

import type { FormState } from "@/components/account/form-state";
import { finishProviderSignUp } from "@/lib/auth";
import { finishSignUpInput } from "@/lib/auth/schema";
import { routes } from "@/lib/client/routes";
import { answer, keep, leave } from "../../form-memory";
import { withFieldProblems, withProblem } from "../../problems";
import { readLocale, readText } from "../../read-form";
import { sentKeptMs, sentPath } from "../sent-path";

export async function finishSignUpAction(_previous: FormState, form: FormData): Promise<FormState> {
  const locale = readLocale(form);
  const back = routes.signUpFinish();
  const values = { email: readText(form, "email"), name: readText(form, "name") };
  const parsed = finishSignUpInput.safeParse({ ...values, locale });
  if (!parsed.success) {
    return answer("finish", back, await withFieldProblems(parsed.error, { locale, values }));
  }
  try {
    await finishProviderSignUp(parsed.data);
  } catch (error) {
    return answer("finish", back, await withProblem(error, { locale, values }));
  }
  await keep("sent", { values: { email: parsed.data.email } }, sentKeptMs);
  return leave(sentPath("here"));
}
