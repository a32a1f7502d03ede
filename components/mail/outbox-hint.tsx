import { Inbox } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { TextLink } from "@/components/ui/link";
import { routes } from "@/lib/client/routes";

/**
 * Beside "we sent you a mail": where the mail is when none leaves this machine. Shows nothing
 * unless the outbox is `active`.
 */
export async function OutboxHint({ active }: { active: boolean }) {
  if (!active) return null;
  const t = await getTranslations("mail.outbox");
  return (
    <p className="flex gap-2 rounded-base bg-sunken px-3 py-2.5 text-ink-muted text-sm">
      <Inbox aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        {t("hint")}{" "}
        <TextLink href={routes.outbox()} target="_blank">
          {t("hintLink")}
        </TextLink>
      </span>
    </p>
  );
}
