"use client";

import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { HistoryEntry } from "@/lib/credits/schema";
import { entryLink, useCreditWords } from "./use-credit-words";

/** Lines of the history: when, what for, how much, and what was left. */
export function HistoryTable({ entries }: { entries: readonly HistoryEntry[] }) {
  const t = useTranslations("credits.history");
  return (
    <table className="w-full text-left">
      <thead className="border-b text-ink-muted text-sm max-sm:sr-only">
        <tr className="[&>th]:h-9 [&>th]:px-4 [&>th]:font-medium">
          <th scope="col">{t("what")}</th>
          <th scope="col" className="w-48 max-sm:hidden">
            {t("date")}
          </th>
          <th scope="col" className="w-28 text-right">
            {t("amount")}
          </th>
          <th scope="col" className="w-32 text-right max-sm:hidden">
            {t("balance")}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <HistoryRow key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function HistoryRow({ entry }: { entry: HistoryEntry }) {
  const t = useTranslations("credits.history");
  const words = useCreditWords();
  const { title, about } = words.entry(entry);
  const href = entryLink(entry);
  return (
    <tr
      className={cn(
        "relative border-b last:border-b-0 [&>td]:px-4 [&>td]:py-3",
        href && "hover:bg-hover",
      )}
    >
      <td>
        {href ? (
          <NextLink
            href={href}
            className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
          >
            {title}
          </NextLink>
        ) : (
          <span className="font-medium">{title}</span>
        )}
        {about ? <p className="text-ink-muted text-sm">{about}</p> : null}
        <p className="text-ink-muted text-sm sm:hidden">
          <time dateTime={entry.at}>{words.moment(entry.at)}</time>
        </p>
      </td>
      <td className="text-ink-muted max-sm:hidden">
        <time dateTime={entry.at}>{words.moment(entry.at)}</time>
      </td>
      <td className="whitespace-nowrap text-right align-top sm:align-middle">
        <span className={cn("font-medium", entry.amount > 0 && "text-success")}>
          {words.signed(entry.amount)}
        </span>
        <p className="text-ink-muted text-sm sm:hidden">
          {t("balanceAfter", { count: entry.balanceAfter })}
        </p>
      </td>
      <td className="text-right text-ink-muted max-sm:hidden">
        {words.number(entry.balanceAfter)}
      </td>
    </tr>
  );
}

/** The table before anything is known of it. */
export function HistoryTableSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <div aria-hidden="true">
      <div className="h-9 border-b max-sm:hidden" />
      {Array.from({ length: rows }, (_, place) => `row-${place}`).map((row) => (
        <div key={row} className="flex h-17 items-center gap-4 border-b px-4 last:border-b-0">
          <Skeleton className="h-5 w-1/3" />
          <Skeleton className="ml-auto h-5 w-16" />
          <Skeleton className="h-5 w-20 max-sm:hidden" />
        </div>
      ))}
    </div>
  );
}
