import { getTranslations } from "next-intl/server";
import { GoOn } from "@/components/account/go-on";

/** In a page's place: sends the person on to the path `to`. */
export async function Onwards({ to }: { to: string }) {
  const t = await getTranslations("auth.onwards");
  return <GoOn to={to} label={t("link")} />;
}
