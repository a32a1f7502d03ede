"use server";

import type { FormState } from "@/components/account/form-state";
import { confirmSignUp } from "@/lib/auth";
import { confirmSignUpInput } from "@/lib/auth/schema";
import { routes, safeNextPath } from "@/lib/client/routes";
import { afterLogIn } from "@/lib/trial/browser";
import { answer, leave } from "../../form-memory";
import { withFieldProblems, withPasswordProblem } from "../../problems";
import { readLocale, readText } from "../../read-form";

export async function confirmSignUpAction(
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const locale = readLocale(form);
  const token = readText(form, "token");
  const back = routes.signUpConfirm(token);
  const parsed = confirmSignUpInput.safeParse({
    token,
    ...(form.has("password") && { password: readText(form, "password") }),
  });
  if (!parsed.success) {
    return answer("confirm", back, await withFieldProblems(parsed.error, { locale }));
  }
  try {
    await confirmSignUp(parsed.data);
  } catch (error) {
    return answer("confirm", back, await withPasswordProblem(error, { locale }));
  }
  return leave(await afterLogIn(safeNextPath(undefined)));
}
