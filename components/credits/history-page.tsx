"use client";

import { Download, History, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { debounce, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Panel } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { EmptyState } from "@/components/ui/state";
import { historyFileUrl, useHistory } from "@/lib/client/use-credits";
import { historyKinds } from "@/lib/credits/history-kinds";
import type { HistoryChoice } from "@/lib/credits/schema";
import { HistoryFilter, type ShownFilter } from "./history-filter";
import { asDay } from "./history-period";
import { HistoryTable, HistoryTableSkeleton } from "./history-table";

const parsers = {
  kind: parseAsStringLiteral(historyKinds),
  from: parseAsString,
  to: parseAsString,
  q: parseAsString.withDefault(""),
};

function choiceOf({ kind, from, to, q }: ShownFilter): HistoryChoice {
  return {
    ...(kind && { kind }),
    ...(from && { from }),
    ...(to && { to }),
    ...(q.trim() && { q: q.trim().slice(0, 100) }),
  };
}

/** Everything that changed the credits, to look through and, with an account, to take along. */
export function HistoryPage({ visitor }: { visitor: boolean }) {
  const t = useTranslations("credits.history");
  const [asked, setFilter] = useQueryStates(parsers);
  const filter = { ...asked, from: asDay(asked.from), to: asDay(asked.to) };
  const choice = choiceOf(filter);
  const list = useHistory(choice);
  const filtered = Object.keys(choice).length > 0;
  return (
    <div className="flex flex-col gap-4">
      <HistoryFilter
        filter={filter}
        onChange={(change) => void setFilter(change)}
        onSearch={(q) => void setFilter({ q: q || null }, { limitUrlUpdates: debounce(250) })}
        actions={
          visitor ? null : (
            <a href={historyFileUrl(choice)} download className={buttonStyle()}>
              <Download aria-hidden="true" />
              {t("csv")}
            </a>
          )
        }
      />
      <HistoryList
        list={list}
        filtered={filtered}
        onClear={() => void setFilter({ kind: null, from: null, to: null, q: null })}
      />
    </div>
  );
}

interface HistoryListProps {
  list: ReturnType<typeof useHistory>;
  filtered: boolean;
  onClear: () => void;
}

function HistoryList({ list, filtered, onClear }: HistoryListProps) {
  const t = useTranslations("credits.history");
  const { entries, error } = list;
  if (error && !entries) {
    return (
      <Panel>
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void list.reload()} />
      </Panel>
    );
  }
  if (!entries) return <HistoryListSkeleton />;
  if (entries.length === 0) {
    return (
      <Panel>
        {filtered ? (
          <EmptyState
            icon={SearchX}
            title={t("noneFiltered")}
            action={<Button onClick={onClear}>{t("showAll")}</Button>}
          />
        ) : (
          <EmptyState icon={History} title={t("none")} description={t("noneDescription")} />
        )}
      </Panel>
    );
  }
  return (
    <>
      <Panel className="overflow-hidden" aria-busy={list.searching || undefined}>
        <HistoryTable entries={entries} />
      </Panel>
      {list.hasMore ? (
        <Button className="mx-auto flex" pending={list.loadingMore} onClick={list.loadMore}>
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}

function HistoryListSkeleton() {
  return (
    <Panel className="overflow-hidden">
      <HistoryTableSkeleton rows={8} />
    </Panel>
  );
}

/** The page before anything is known. */
export function HistoryPageSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <div className="h-27" />
      <HistoryListSkeleton />
    </div>
  );
}
