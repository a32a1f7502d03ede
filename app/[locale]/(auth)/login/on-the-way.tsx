import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/account/auth-card";
import { buttonStyle } from "@/components/ui/button-style";
import type { ProviderId } from "@/lib/auth/schema";

interface OnTheWayProps {
  provider: ProviderId;
  /** The provider's own page. */
  url: string;
}

/** Sends a browser without JavaScript on to an identity provider. */
export async function OnTheWay({ provider, url }: OnTheWayProps) {
  const t = await getTranslations("auth.onTheWay");
  const providers = await getTranslations("auth.providers");
  const name = providers(provider);
  return (
    <AuthCard
      title={t("title", { provider: name })}
      description={t("description")}
      greeting={t("greeting")}
    >
      <meta httpEquiv="refresh" content={`0;url=${url}`} />
      <a href={url} className={buttonStyle({ variant: "primary", size: "lg" })}>
        {t("link", { provider: name })}
      </a>
    </AuthCard>
  );
}
