"use server";

import type { FormState } from "@/components/account/form-state";
import { requestPasswordReset } from "@/lib/auth";
import { passwordResetInput } from "@/lib/auth/schema";
import { routes } from "@/lib/client/routes";
import { answer, keep, leave } from "../form-memory";
import { withFieldProblems, withProblem } from "../problems";
import { readLocale, readText } from "../read-form";
import { sentKeptMs } from "../sign-up/sent-path";

export async function resetAction(_previous: FormState, form: FormData): Promise<FormState> {
  const locale = readLocale(form);
  const back = routes.reset();
  const values = { email: readText(form, "email") };
  const parsed = passwordResetInput.safeParse({ ...values, locale });
  if (!parsed.success) {
    return answer("reset", back, await withFieldProblems(parsed.error, { locale, values }));
  }
  try {
    await requestPasswordReset(parsed.data);
  } catch (error) {
    return answer("reset", back, await withProblem(error, { locale, values }));
  }
  await keep("sent", { values: { email: parsed.data.email } }, sentKeptMs);
  return leave(`${routes.reset()}?sent=mail`);
}
