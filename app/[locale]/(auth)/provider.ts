import "server-only";
import type { FormState, FormValues } from "@/components/account/form-state";
import type { Locale } from "@/i18n/routing";
import { startProvider } from "@/lib/auth";
import { providerSchema } from "@/lib/auth/schema";
import { routes } from "@/lib/client/routes";
import { answer, type FormId } from "./form-memory";
import { withFieldProblems, withProblem } from "./problems";
import { readText } from "./read-form";

/**
 * Answers with the provider's address rather than a redirect to it: browsers hold all redirects
 * after a form to our security policy, and a provider's own redirects aren't in it. Without
 * JavaScript the log-in page sends the browser on.
 */
export async function goToProvider(options: {
  form: FormData;
  /** The form whose button it was, and its page. */
  from: { form: FormId; back: string };
  next: string | undefined;
  locale: Locale;
  values: FormValues;
}): Promise<FormState> {
  const { form, from, next, locale, values } = options;
  const provider = providerSchema.safeParse(readText(form, "provider"));
  if (!provider.success) {
    return answer(
      from.form,
      from.back,
      await withFieldProblems(provider.error, { locale, values }),
    );
  }
  let url: string;
  try {
    ({ url } = await startProvider({
      provider: provider.data,
      intent: "sign_in",
      locale,
      remember: values.remember ?? false,
      ...(next && { next }),
    }));
  } catch (error) {
    return answer(from.form, from.back, await withProblem(error, { locale, values }));
  }
  return answer("provider", `${routes.login()}?to=${provider.data}`, { leaveFor: url });
}
