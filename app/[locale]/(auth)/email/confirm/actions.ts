"use server";

import { getTranslations } from "next-intl/server";
import { logInWithNotice } from "@/components/account/arrival";
import type { FormState } from "@/components/account/form-state";
import { confirmEmailChange, currentUser } from "@/lib/auth";
import { confirmEmailChangeInput } from "@/lib/auth/schema";
import { routes } from "@/lib/client/routes";
import { AppError } from "@/lib/errors";
import { answer, leave } from "../../form-memory";
import { withFieldProblems, withProblem } from "../../problems";
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
    if (!AppError.is(error, "credentials_rejected")) {
      return answer("email", back, await withProblem(error, { locale }));
    }
    const t = await getTranslations({ locale, namespace: "auth.problems" });
    return answer("email", back, { fields: { password: t("passwordWrong") } });
  }
  const signedIn = await currentUser();
  return leave(signedIn ? `${routes.emailConfirm()}?done=1` : logInWithNotice("email_changed"));
}
