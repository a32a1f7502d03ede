import { SearchX } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/link";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";

/** No such page, or nothing of this account's there: the two look the same on purpose. */
export async function NotFoundState() {
  const t = await getTranslations("errors.notFound");
  return (
    <div className="flex min-h-[60dvh] flex-1 items-center justify-center">
      <EmptyState
        level={1}
        icon={SearchX}
        title={t("title")}
        description={t("description")}
        action={
          <>
            <ButtonLink href={routes.videos()} variant="primary">
              {t("videos")}
            </ButtonLink>
            <ButtonLink href={routes.home()}>{t("home")}</ButtonLink>
          </>
        }
      />
    </div>
  );
}
