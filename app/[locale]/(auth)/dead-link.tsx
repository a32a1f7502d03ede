import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AuthCard } from "@/components/account/auth-card";
import { ButtonLink } from "@/components/ui/link";

interface DeadLinkProps {
  /** How to get a new one. */
  next: { href: string; label: string; description: string };
  footer?: ReactNode;
}

/** A link from a mail that is over or was used. */
export async function DeadLink({ next, footer }: DeadLinkProps) {
  const t = await getTranslations("auth.deadLink");
  return (
    <AuthCard
      title={t("title")}
      description={next.description}
      greeting={t("greeting")}
      footer={footer}
    >
      <ButtonLink href={next.href} variant="primary" size="lg">
        {next.label}
      </ButtonLink>
    </AuthCard>
  );
}
