"use server";

import type { FormState } from "@/components/account/form-state";
import { answerChallenge } from "@/lib/auth";
import { secondFactorInput } from "@/lib/auth/schema";
import { safeNextPath } from "@/lib/client/routes";
import { afterLogIn } from "@/lib/trial/browser";
import { answer, leave } from "../../form-memory";
import { withFieldProblems, withProblem } from "../../problems";
import { readLocale, readNext, readText } from "../../read-form";
import { codePath } from "./code-path";

export async function codeAction(_previous: FormState, form: FormData): Promise<FormState> {
  const locale = readLocale(form);
  const next = readNext(form);
  const recovery = readText(form, "kind") === "recovery";
  const back = codePath({ next, recovery });
  const id = recovery ? "recovery" : "code";
  const parsed = secondFactorInput.safeParse({ code: readText(form, "code") });
  if (!parsed.success) {
    return answer(id, back, await withFieldProblems(parsed.error, { locale }));
  }
  let passed: Awaited<ReturnType<typeof answerChallenge>>;
  try {
    passed = await answerChallenge(parsed.data);
  } catch (error) {
    return answer(id, back, await withProblem(error, { locale }));
  }
  const path = safeNextPath(next ?? passed.next);
  return leave(passed.loggedIn ? await afterLogIn(path) : path);
}
