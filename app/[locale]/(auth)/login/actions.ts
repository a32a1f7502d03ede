"use server";

import type { FormState } from "@/components/account/form-state";
import { logIn } from "@/lib/auth";
import { logInInput } from "@/lib/auth/schema";
import { routes, safeNextPath } from "@/lib/client/routes";
import { afterLogIn } from "@/lib/trial/browser";
import { answer, leave } from "../form-memory";
import { withFieldProblems, withProblem } from "../problems";
import { goToProvider } from "../provider";
import { readLocale, readNext, readText } from "../read-form";

export async function logInAction(_previous: FormState, form: FormData): Promise<FormState> {
  const locale = readLocale(form);
  const next = readNext(form);
  const back = routes.login(next);
  const values = { email: readText(form, "email"), remember: form.get("remember") === "on" };
  if (form.has("provider")) {
    return goToProvider({ form, from: { form: "log-in", back }, next, locale, values });
  }
  const password = readText(form, "password");
  const parsed = logInInput.safeParse({ ...values, password });
  if (!parsed.success) {
    return answer(
      "log-in",
      back,
      await withFieldProblems(parsed.error, { locale, values, password }),
    );
  }
  let outcome: Awaited<ReturnType<typeof logIn>>;
  try {
    outcome = await logIn(parsed.data);
  } catch (error) {
    return answer("log-in", back, await withProblem(error, { locale, values }));
  }
  if ("secondFactor" in outcome) return leave(routes.loginCode(next));
  return leave(await afterLogIn(safeNextPath(next)));
}
