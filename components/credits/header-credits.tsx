"use client";

import { Coins } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { NoticeBell } from "@/components/notices/notice-bell";
import { NoticeToasts } from "@/components/notices/notice-toasts";
import { cn } from "@/components/ui/cn";
import { routes } from "@/lib/client/routes";
import { useLiveCredits } from "@/lib/client/use-credits";
import type { BalanceFrame } from "@/lib/credits/schema";

interface HeaderCreditsProps {
  /** As the server knew it, until the live one comes. */
  initial: Pick<BalanceFrame, "available" | "lowLevel" | "unread">;
}

/** What can be spent, live on every page of the studio, and the bell with what is new. */
export function HeaderCredits({ initial }: HeaderCreditsProps) {
  const t = useTranslations("notices");
  const { available, lowLevel, unread } = useLiveCredits() ?? initial;
  return (
    <>
      <NextLink
        href={routes.credits()}
        aria-label={t("balance", { count: available })}
        className="hit-area inline-flex h-9 items-center gap-1.5 whitespace-nowrap rounded-base px-1.5 font-medium text-ink-muted tabular-nums transition-colors hover:bg-hover hover:text-ink sm:px-2"
      >
        <Coins
          aria-hidden="true"
          className={cn("size-4 shrink-0", available < lowLevel && "text-warning")}
        />
        {t("credits", { count: available })}
      </NextLink>
      <NoticeBell unread={unread} />
      <NoticeToasts />
    </>
  );
}
