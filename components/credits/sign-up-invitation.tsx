"use client";

import { UserRoundPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";

/** In place of a page that only accounts have. */
export function SignUpInvitation() {
  const t = useTranslations("credits.visitor");
  return (
    <Panel>
      <EmptyState
        icon={UserRoundPlus}
        title={t("title")}
        description={t("description")}
        action={
          <ButtonLink href={routes.signUp()} variant="primary">
            {t("signUp")}
          </ButtonLink>
        }
      />
    </Panel>
  );
}
