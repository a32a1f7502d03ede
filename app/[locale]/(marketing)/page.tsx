import { getTranslations } from "next-intl/server";

export default async function LandingPage() {
  const t = await getTranslations("marketing.meta");
  return <h1 className="text-4xl">{t("title")}</h1>;
}
