import { getLocale, getTranslations } from "next-intl/server";
import { ResendForm } from "@/components/account/resend-form";
import { remembered } from "./form-memory";
import { resendAction } from "./sign-up/actions";

/** Sends the mail of a sign-up once more. `back`: path of the page that it is on. */
export async function ResendOffer({ back }: { back: string }) {
  const t = await getTranslations("auth.resend");
  return (
    <ResendForm
      action={resendAction}
      locale={await getLocale()}
      initial={await remembered("resend")}
      back={back}
      submit={t("submit")}
    />
  );
}
