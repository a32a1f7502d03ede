import "server-only";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/account/form-state";
import type { Locale } from "@/i18n/routing";
import { routes } from "@/lib/client/routes";

/** `here`: the mail has to be opened in this very browser. */
export type SentKind = "mail" | "here";

/** The page that says that a mail is on its way. */
export function sentPath(kind: SentKind): string {
  return `${routes.signUp()}?sent=${kind}`;
}

/** For so long that page knows the address again. */
export const sentKeptMs = 10 * 60_000;

export async function resentState(locale: Locale): Promise<FormState> {
  const t = await getTranslations({ locale, namespace: "auth.resend" });
  return { notice: t("done") };
}
