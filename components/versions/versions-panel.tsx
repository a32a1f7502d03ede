"use client";

import { BookmarkPlus, GitCompareArrows, History } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { CommandKeys } from "@/components/editor/keys/command-keys";
import { Button } from "@/components/ui/button";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { useVersions } from "@/lib/client/use-versions";
import { allows } from "@/lib/sharing/roles";
import type { VersionView } from "@/lib/tracks/schema";
import { CompareDialog, type Comparison } from "./compare-dialog";
import { useRevision, useUnsent } from "./use-present";
import { VersionItem } from "./version-item";
import { VersionNameDialog } from "./version-name-dialog";

/** What the open track has been: to compare, to name, to bring back. */
export function VersionsPanel() {
  const { session } = useEditor();
  const t = useTranslations("versions");
  const list = useVersions(session.trackId);
  const { versions, error, reload } = list;
  const [naming, setNaming] = useState<{ number: number; name: string } | "present" | null>(null);
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const mayEdit = allows(session.role, "editor");
  const unsent = useUnsent(session);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {mayEdit ? (
          <Button size="sm" disabled={unsent > 0} onClick={() => setNaming("present")}>
            <BookmarkPlus aria-hidden="true" />
            {t("name.add")}
            <CommandKeys id="version.name" />
          </Button>
        ) : null}
        {versions && versions.length > 0 ? (
          <Button
            size="sm"
            variant="quiet"
            onClick={() => setComparison({ from: versions[0]?.number ?? 1, to: null })}
          >
            <GitCompareArrows aria-hidden="true" />
            {t("diff.title")}
          </Button>
        ) : null}
      </div>
      {unsent > 0 && mayEdit ? <p className="text-sm text-warning">{t("unsent")}</p> : null}
      {versions ? (
        <List versions={versions} more={list} onName={setNaming} onCompare={setComparison} />
      ) : error ? (
        <RequestError error={error} title={t("loadFailed")} onRetry={reload} className="py-8" />
      ) : (
        <div aria-hidden="true" className="flex flex-col gap-2">
          {["a", "b", "c"].map((row) => (
            <Skeleton key={row} className="h-18" />
          ))}
        </div>
      )}
      {naming === null ? null : (
        <VersionNameDialog
          {...(naming !== "present" && { version: naming })}
          onClose={() => setNaming(null)}
        />
      )}
      {comparison && versions ? (
        <CompareDialog
          versions={versions}
          initial={comparison}
          onClose={() => setComparison(null)}
        />
      ) : null}
    </div>
  );
}

interface ListProps {
  versions: readonly VersionView[];
  more: Pick<ReturnType<typeof useVersions>, "hasMore" | "loadingMore" | "loadMore">;
  onName: (version: { number: number; name: string }) => void;
  onCompare: (comparison: Comparison) => void;
}

function List({ versions, more, onName, onCompare }: ListProps) {
  const { session } = useEditor();
  const t = useTranslations("versions");
  const revision = useRevision(session);
  if (versions.length === 0) {
    return (
      <EmptyState icon={History} title={t("none")} description={t("noneHint")} className="py-8" />
    );
  }
  return (
    <>
      <ol aria-label={t("title")} className="flex flex-col">
        {versions.map((version) => (
          <VersionItem
            key={version.number}
            version={version}
            current={version.revision === revision}
            onName={onName}
            onCompare={onCompare}
          />
        ))}
      </ol>
      {more.hasMore ? (
        <Button
          size="sm"
          className="mx-auto flex"
          pending={more.loadingMore}
          onClick={more.loadMore}
        >
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}
