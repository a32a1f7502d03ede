import { BarChart3, Coins, CreditCard, History, PlusCircle } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { routes } from "@/lib/client/routes";

const places = [
  { name: "overview", href: routes.credits(), icon: Coins },
  { name: "topUp", href: routes.topUp(), icon: PlusCircle },
  { name: "history", href: routes.creditHistory(), icon: History },
  { name: "orders", href: routes.orders(), icon: CreditCard },
  { name: "statistics", href: routes.creditStatistics(), icon: BarChart3 },
] as const;

export type CreditsPlace = (typeof places)[number]["name"];

/** The pages about credits, the open one marked. */
export function CreditsNav({ current }: { current: CreditsPlace | null }) {
  const t = useTranslations("credits.nav");
  return (
    <nav
      aria-label={t("label")}
      className="-mx-4 mb-6 flex gap-1 overflow-x-auto border-b px-2 sm:mx-0 sm:px-0 print:hidden"
    >
      {places.map(({ name, href, icon: Icon }) => (
        <NextLink
          key={name}
          href={href}
          aria-current={current === name ? "page" : undefined}
          className="relative inline-flex h-11 shrink-0 items-center gap-2 px-2.5 font-medium text-ink-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 aria-[current]:text-ink aria-[current]:after:absolute aria-[current]:after:inset-x-2.5 aria-[current]:after:bottom-0 aria-[current]:after:h-0.5 aria-[current]:after:bg-ink"
        >
          <Icon aria-hidden="true" className="size-4 shrink-0 max-sm:hidden" />
          {t(name)}
        </NextLink>
      ))}
    </nav>
  );
}
