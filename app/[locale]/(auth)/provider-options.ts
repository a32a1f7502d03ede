import "server-only";
import { getTranslations } from "next-intl/server";
import type { ProviderButtonsProps } from "@/components/account/provider-buttons";
import { configuredProviders } from "@/lib/auth";

/** A button for each identity provider that this installation has, if any. */
export async function providerOptions(): Promise<ProviderButtonsProps | undefined> {
  const providers = configuredProviders();
  if (providers.length === 0) return undefined;
  const t = await getTranslations("auth.providers");
  return {
    divider: t("divider"),
    buttons: providers.map((provider) => ({
      provider,
      label: t("continue", { provider: t(provider) }),
    })),
  };
}
