"use server";

import { logInWithNotice } from "@/components/account/arrival";
import type { FormState } from "@/components/account/form-state";
import { confirmEmailChange, currentAccount } from "@/lib/auth";
import { confirmEmailChangeInput } from "@/lib/auth/schema";
import { routes } from "@/lib/client/routes";
import { answer, leave } from "../../form-memory";
import { withFieldProblems, withPasswordProblem } from "../../problems";
import { readLocale, readText } from "../../read-form";

export async function confirmEmailAction(_previous: FormState, form: FormData): Promise<FormState> {
  const locale = readLocale(form);
  const token = readText(form, "token");
  const back = routes.emailConfirm(token);
  const parsed = confirmEmailChangeInput.safeParse({
    token,
    ...(form.has("password") && { password: readText(form, "password") }),
  });
  if (!parsed.success) {
    return answer("email", back, await withFieldProblems(parsed.error, { locale }));
  }
  try {
    await confirmEmailChange(parsed.data);
  } catch (error) {
    return answer("email", back, await withPasswordProblem(error, { locale }));
  }
  const signedIn = await currentAccount();
  return leave(signedIn ? `${routes.emailConfirm()}?done=1` : logInWithNotice("email_changed"));
}
