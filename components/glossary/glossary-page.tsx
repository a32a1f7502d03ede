"use client";

import { BookText, Download, FileUp, Plus, SearchX } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { LoadFailed } from "@/components/settings/load-failed";
import { Button, IconButton } from "@/components/ui/button";
import { Panel, PanelHeader } from "@/components/ui/panel";
import { SearchField } from "@/components/ui/search-field";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { toast } from "@/components/ui/toaster";
import { Tooltip } from "@/components/ui/tooltip";
import { addTerm, changeTerm, useGlossary } from "@/lib/client/use-glossary";
import { writeTermList } from "@/lib/glossary/csv";
import { maxTermLength, maxTerms } from "@/lib/glossary/limits";
import type { GlossaryTermInput, GlossaryTermView } from "@/lib/glossary/schema";
import { ImportDialog } from "./import-dialog";
import { foundTerms } from "./term-fields";
import { TermForm } from "./term-form";
import { TermRow } from "./term-row";

/** Rows that are shown at once; more on demand. */
const pageRows = 100;

/** The person's names and terms: search, add, change, bring a list and take it along. */
export function GlossaryPage() {
  const t = useTranslations("glossary");
  const { terms, error, reload } = useGlossary();
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  if (error && !terms) {
    return <LoadFailed error={error} title={t("loadFailed")} onRetry={reload} />;
  }
  if (!terms) return <GlossaryPageSkeleton />;
  const add = async (term: GlossaryTermInput) => {
    await addTerm(term);
    toast.success(t("form.added", { term: term.term }));
    setAdding(false);
  };
  return (
    <GlossaryFrame
      actions={
        <>
          <Tools terms={terms} onImport={() => setImporting(true)} />
          <Button variant="primary" size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden="true" />
            {t("add")}
          </Button>
        </>
      }
    >
      {adding ? (
        <div className="border-b">
          <TermForm onSave={add} onCancel={() => setAdding(false)} />
        </div>
      ) : null}
      {terms.length > 0 ? (
        <Terms terms={terms} />
      ) : adding ? null : (
        <EmptyState
          icon={BookText}
          title={t("empty.title")}
          description={t("empty.description")}
          action={
            <>
              <Button variant="primary" onClick={() => setAdding(true)}>
                {t("add")}
              </Button>
              <Button onClick={() => setImporting(true)}>{t("import")}</Button>
            </>
          }
        />
      )}
      <ImportDialog terms={terms} open={importing} onOpenChange={setImporting} />
    </GlossaryFrame>
  );
}

function GlossaryFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const t = useTranslations("glossary");
  return (
    <Panel>
      <PanelHeader title={t("title")}>{actions}</PanelHeader>
      <p className="border-b px-4 py-3 text-ink-muted">{t("description")}</p>
      {children}
    </Panel>
  );
}

interface ToolsProps {
  terms: readonly GlossaryTermView[];
  onImport: () => void;
}

function Tools({ terms, onImport }: ToolsProps) {
  const t = useTranslations("glossary");
  return (
    <>
      <Tooltip content={t("import")}>
        <IconButton size="sm" label={t("import")} onClick={onImport}>
          <FileUp aria-hidden="true" />
        </IconButton>
      </Tooltip>
      {terms.length > 0 ? (
        <Tooltip content={t("export")}>
          <IconButton
            size="sm"
            label={t("export")}
            onClick={() => download(writeTermList(terms), t("exportName"))}
          >
            <Download aria-hidden="true" />
          </IconButton>
        </Tooltip>
      ) : null}
    </>
  );
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers begin to read only after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function Terms({ terms }: { terms: readonly GlossaryTermView[] }) {
  const t = useTranslations("glossary");
  const locale = useLocale();
  const [query, setQuery] = useState("");
  const [rows, setRows] = useState(pageRows);
  const [editing, setEditing] = useState<string>();
  const found = useMemo(() => foundTerms(terms, query, locale), [terms, query, locale]);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b px-4 py-3">
        <SearchField
          label={t("search")}
          value={query}
          onSearch={setQuery}
          maxLength={maxTermLength}
          className="min-w-48"
        />
        <p role="status" className="text-ink-muted text-sm tabular-nums">
          {query.trim() === ""
            ? t("count", { count: terms.length, max: maxTerms })
            : t("found", { count: found.length })}
        </p>
      </div>
      {found.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title={t("noneFound.title")}
          action={<Button onClick={() => setQuery("")}>{t("noneFound.clear")}</Button>}
        />
      ) : null}
      <ul className="divide-y">
        {found.slice(0, rows).map((term) => (
          <li key={term.id}>
            {editing === term.id ? (
              <TermForm
                term={term}
                onSave={async (change) => {
                  await changeTerm(term.id, change);
                  setEditing(undefined);
                }}
                onCancel={() => setEditing(undefined)}
              />
            ) : (
              <TermRow term={term} onEdit={() => setEditing(term.id)} />
            )}
          </li>
        ))}
      </ul>
      {found.length > rows ? (
        <div className="flex justify-center border-t p-3">
          <Button onClick={() => setRows(rows + pageRows)}>
            {t("more", { count: Math.min(pageRows, found.length - rows) })}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** The page before anything is known of it. */
export function GlossaryPageSkeleton() {
  return (
    <GlossaryFrame>
      <div aria-hidden="true">
        <div className="border-b px-4 py-3">
          <Skeleton className="h-9" />
        </div>
        <div className="divide-y">
          {["a", "b", "c", "d"].map((row) => (
            <div key={row} className="flex flex-col gap-1.5 px-4 py-3">
              <Skeleton className="h-5 w-32" />
              <Skeleton className="h-5 w-64" />
            </div>
          ))}
        </div>
      </div>
    </GlossaryFrame>
  );
}
