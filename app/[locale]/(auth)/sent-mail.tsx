import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AuthCard } from "@/components/account/auth-card";
import { OutboxHint } from "@/components/mail/outbox-hint";
import { isOutboxOpen } from "@/lib/mail/outbox";
import { outboxCaller } from "../outbox-link";
import { remembered } from "./form-memory";

interface SentMailProps {
  /** What was sent where; the address is the one typed, as long as it is remembered. */
  text: (address: string | undefined) => string;
  /** What to do with the mail. */
  hint: string;
  footer: ReactNode;
  /** What to do when none comes. */
  children?: ReactNode;
}

/** A mail is on its way. The same whether the address has an account or not. */
export async function SentMail({ text, hint, footer, children }: SentMailProps) {
  const t = await getTranslations("auth.sent");
  const address = (await remembered("sent"))?.values?.email;
  return (
    <AuthCard
      title={t("title")}
      description={text(address)}
      greeting={t("greeting")}
      footer={footer}
    >
      <div className="flex flex-col gap-2 text-ink-muted">
        <p>{hint}</p>
        <p>{t("spam")}</p>
      </div>
      <OutboxHint active={isOutboxOpen(await outboxCaller())} />
      {children}
    </AuthCard>
  );
}
